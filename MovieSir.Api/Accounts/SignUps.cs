using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MovieSir.Api.Http;
using MovieSir.Api.Mail;
using MovieSir.Data;
using MovieSir.Data.Accounts;

namespace MovieSir.Api.Accounts;

/// <summary>What somebody signs up with.</summary>
/// <param name="Realm">Where.</param>
/// <param name="Email">The address that has to be confirmed.</param>
/// <param name="Name">A traveller's nickname.</param>
/// <param name="PasswordHash">Of the password.</param>
/// <param name="Language">Of mails.</param>
/// <param name="App">Where people open the app, without a slash at its end.</param>
internal sealed record SignUpRequest(Realm Realm, EmailAddress Email, string Name, string PasswordHash, Language Language, string App);

/// <summary>What became of a code.</summary>
internal abstract record CodeOutcome
{
    public sealed record Right(SignUp SignUp) : CodeOutcome;

    public sealed record Wrong(int TriesLeft) : CodeOutcome;

    /// <summary>There is no sign-up of this browser, or its time or tries have run out.</summary>
    public sealed record Gone : CodeOutcome;
}

/// <summary>
/// Sign-ups that wait for the code that was mailed. Each belongs to the browser that asked: a code is worth nothing without its cookie, so whoever
/// asked for somebody else's e-mail can neither use that person's code nor have their own password confirmed by it.
/// </summary>
internal sealed class SignUps(IDbContextFactory<MovieSirDbContext> contexts, Outbox outbox, IOptions<AccountOptions> options, TimeProvider clock)
{
    private const int CodeDigits = 6;

    private TimeSpan Lifetime => TimeSpan.FromMinutes(options.Value.CodeMinutes);

    /// <summary>Begins a sign-up and mails its code; or, where the e-mail has an account, says so there and nowhere else.</summary>
    /// <param name="request">What is signed up with.</param>
    /// <param name="before">The browser's cookie of a sign-up before, which ends.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    /// <returns>The cookie that binds it to the browser.</returns>
    public async Task<string> BeginAsync(SignUpRequest request, string? before, CancellationToken cancellationToken)
    {
        var binding = Tokens.New();
        var code = NewCode();
        var now = clock.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var hasAccount = await context.Accounts.AnyAsync(
            account => account.Realm == request.Realm && account.EmailKey == request.Email.Key, cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var beforeHash = before is null ? [] : Tokens.Hash(before);
        await context.SignUps.Where(signUp => signUp.BindingHash == beforeHash || signUp.ExpiresAt <= now).ExecuteDeleteAsync(cancellationToken);
        context.Add(new SignUp
        {
            SignUpId = Guid.CreateVersion7(now),
            BindingHash = Tokens.Hash(binding),
            Realm = request.Realm,
            Email = request.Email.Text,
            EmailKey = request.Email.Key,
            Name = request.Name,
            PasswordHash = request.PasswordHash,
            Language = request.Language,
            CodeHash = hasAccount ? null : HashOf(binding, code),
            TriesLeft = options.Value.CodeTries,
            SentAt = now,
            ExpiresAt = now + Lifetime,
        });
        Mail(context, request.Email.Text, request.Language, hasAccount, code, request.App);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        outbox.Announce();
        return binding;
    }

    /// <summary>Mails another code. The tries that are left stay as many.</summary>
    /// <returns>0; or the seconds to wait; or null where there is no sign-up of this browser.</returns>
    public async Task<int?> ResendAsync(string? binding, string app, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await FindAsync(context, binding, cancellationToken) is not { } signUp)
        {
            return null;
        }

        var now = clock.GetUtcNow();
        var sentBefore = now.AddSeconds(-options.Value.ResendSeconds);
        var code = NewCode();
        var codeHash = signUp.CodeHash is null ? null : HashOf(binding!, code);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var sent = await context.SignUps.Where(waiting => waiting.SignUpId == signUp.SignUpId && waiting.SentAt <= sentBefore).ExecuteUpdateAsync(
            update => update.SetProperty(waiting => waiting.CodeHash, codeHash).SetProperty(waiting => waiting.SentAt, now)
                .SetProperty(waiting => waiting.ExpiresAt, now + Lifetime),
            cancellationToken);
        if (sent == 0)
        {
            return Math.Max(1, (int)Math.Ceiling((signUp.SentAt - sentBefore).TotalSeconds));
        }

        Mail(context, signUp.Email, signUp.Language, codeHash is null, code, app);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        outbox.Announce();
        return 0;
    }

    /// <summary>Tries a code. A right one takes no try.</summary>
    public async Task<CodeOutcome> TryAsync(string? binding, string code, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await FindAsync(context, binding, cancellationToken) is not { } signUp)
        {
            return new CodeOutcome.Gone();
        }

        // The try is taken before the code is looked at: however many are sent at once, no more than so many are looked at.
        if (await TakeTryAsync(context, signUp, cancellationToken) is not { } left)
        {
            return new CodeOutcome.Gone();
        }

        if (signUp.CodeHash is { } hash && CryptographicOperations.FixedTimeEquals(hash, HashOf(binding!, code)))
        {
            await context.SignUps.Where(waiting => waiting.SignUpId == signUp.SignUpId).ExecuteUpdateAsync(
                update => update.SetProperty(waiting => waiting.TriesLeft, waiting => waiting.TriesLeft + 1), cancellationToken);
            return new CodeOutcome.Right(signUp);
        }

        return left > 0 ? new CodeOutcome.Wrong(left) : new CodeOutcome.Gone();
    }

    /// <summary>Makes the account of a sign-up whose code was right.</summary>
    /// <param name="context">In its transaction. It is saved here.</param>
    /// <param name="signUp">The sign-up.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    /// <returns>The account; null where another call has made it, or the e-mail got one meanwhile: nothing may then be committed.</returns>
    public async Task<Account?> ConfirmAsync(MovieSirDbContext context, SignUp signUp, CancellationToken cancellationToken)
    {
        // Whoever deletes the sign-up makes its account: a second call finds none.
        var taken = await context.SignUps.Where(waiting => waiting.SignUpId == signUp.SignUpId).ExecuteDeleteAsync(cancellationToken);
        if (taken == 0 || await context.Accounts.AnyAsync(
            other => other.Realm == signUp.Realm && other.EmailKey == signUp.EmailKey, cancellationToken))
        {
            return null;
        }

        var account = Account.New(
            signUp.Realm, signUp.Email, signUp.EmailKey, signUp.PasswordHash, signUp.Language, clock.GetUtcNow());
        context.Add(account);
        await context.SaveChangesAsync(cancellationToken);
        return account;
    }

    private async Task<SignUp?> FindAsync(MovieSirDbContext context, string? binding, CancellationToken cancellationToken)
    {
        if (binding is null)
        {
            return null;
        }

        var (hash, now) = (Tokens.Hash(binding), clock.GetUtcNow());
        return await context.SignUps.AsNoTracking()
            .SingleOrDefaultAsync(signUp => signUp.BindingHash == hash && signUp.ExpiresAt > now && signUp.TriesLeft > 0, cancellationToken);
    }

    /// <summary>Takes one try: of calls at once each takes another, and knows how many are left after its own.</summary>
    /// <returns>How many are left; null where there was none to take.</returns>
    private static async Task<int?> TakeTryAsync(MovieSirDbContext context, SignUp signUp, CancellationToken cancellationToken)
    {
        var known = signUp.TriesLeft;
        while (known > 0)
        {
            var expected = known;
            var taken = await context.SignUps.Where(waiting => waiting.SignUpId == signUp.SignUpId && waiting.TriesLeft == expected)
                .ExecuteUpdateAsync(update => update.SetProperty(waiting => waiting.TriesLeft, expected - 1), cancellationToken);
            if (taken == 1)
            {
                return expected - 1;
            }

            // Another call changed it meanwhile, or used the sign-up up.
            known = await context.SignUps.Where(waiting => waiting.SignUpId == signUp.SignUpId).Select(waiting => waiting.TriesLeft)
                .SingleOrDefaultAsync(cancellationToken);
        }

        return null;
    }

    private void Mail(MovieSirDbContext context, string email, Language language, bool hasAccount, string code, string app) => outbox.Add(
        context, email,
        hasAccount ? AccountMails.HasAccount(language, app) : AccountMails.SignUpCode(language, code, options.Value.CodeMinutes),
        hasAccount ? TimeSpan.FromDays(1) : Lifetime);

    private static string NewCode() => RandomNumberGenerator.GetInt32(1_000_000).ToString($"D{CodeDigits}", CultureInfo.InvariantCulture);

    // Under the browser's cookie, which is not stored: a million codes are soon tried against a plain hash.
    private static byte[] HashOf(string binding, string code) => HMACSHA256.HashData(Encoding.UTF8.GetBytes(binding), Encoding.UTF8.GetBytes(code));
}
