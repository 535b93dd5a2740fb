using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MovieSir.Api.Http;
using MovieSir.Data;
using MovieSir.Data.Accounts;

namespace MovieSir.Api.Accounts.Devices;

/// <summary>
/// Devices on which accounts are signed in. An access cookie, sealed by Data Protection, names the sign-in for some minutes; a refresh token renews
/// it and is then replaced. A token that is used twice was copied: its sign-in ends. A sign-in lives by its row, which every call looks at, so that
/// one that is ended is refused at once.
/// </summary>
internal sealed partial class SignIns(
    IDbContextFactory<MovieSirDbContext> contexts, IDataProtectionProvider protection, IOptions<SignInOptions> options, TimeProvider clock,
    ILogger<SignIns> logger)
{
    private const int IdBytes = 16;
    private const int SaltBytes = 16;
    private const string Purpose = "MovieSir.SignIn.v1";

    private readonly SignInOptions _options = options.Value;

    /// <summary>Makes a sign-in. It begins when <paramref name="context"/> is saved; then its cookies are written.</summary>
    /// <param name="http">The call by which it begins.</param>
    /// <param name="context">What it is added to.</param>
    /// <param name="scheme">Its scheme.</param>
    /// <param name="accountId">Whose it is.</param>
    /// <param name="remembered">Whether the browser keeps its cookies when it is closed.</param>
    /// <returns>Writes the cookies.</returns>
    public Action Prepare(HttpContext http, MovieSirDbContext context, SignInScheme scheme, Guid accountId, bool remembered)
    {
        var now = clock.GetUtcNow();
        var signIn = new SignIn
        {
            SignInId = Guid.CreateVersion7(now),
            AccountId = accountId,
            Device = DeviceName.Of(http.Request.Headers.UserAgent),
            IsRemembered = remembered,
            CreatedAt = now,
            LastSeenAt = now,
            ExpiresAt = now + LifetimeOf(remembered),
        };
        // A token of ours always: one that the browser brought along may be somebody else's.
        var token = Tokens.New();
        context.Add(signIn);
        context.Add(new RefreshToken { TokenHash = Tokens.Hash(token), SignInId = signIn.SignInId, CreatedAt = now });
        return () => WriteCookies(http.Response, scheme, signIn.SignInId, token, remembered);
    }

    /// <summary>Ends those of an account that were seen least lately, where there are too many.</summary>
    public async Task BoundAsync(MovieSirDbContext context, Guid accountId, CancellationToken cancellationToken) =>
        await context.SignIns.Where(signIn => signIn.AccountId == accountId && !context.SignIns
                .Where(kept => kept.AccountId == accountId).OrderByDescending(kept => kept.LastSeenAt).Take(_options.PerAccount)
                .Select(kept => kept.SignInId).Contains(signIn.SignInId))
            .ExecuteDeleteAsync(cancellationToken);

    /// <summary>Who is signed in by the cookies of a call.</summary>
    public async Task<SignInState> FindAsync(HttpContext http, SignInScheme scheme, CancellationToken cancellationToken)
    {
        var canRenew = HostCookies.Read(http.Request, scheme.RefreshCookie) is not null;
        if (ReadAccess(http.Request, scheme) is not { } access || access.ExpiresAt <= clock.GetUtcNow())
        {
            return canRenew ? new SignInState.Expired() : new SignInState.None();
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var now = clock.GetUtcNow();
        var accountId = await context.SignIns
            .Where(signIn => signIn.SignInId == access.SignInId && signIn.ExpiresAt > now && signIn.Account!.DeletedAt == null
                && signIn.Account.SuspendedAt == null && signIn.Account.Realm == scheme.Realm)
            .Select(signIn => (Guid?)signIn.AccountId)
            .SingleOrDefaultAsync(cancellationToken);
        return accountId is { } found ? new SignInState.Active(access.SignInId, found)
            : canRenew ? new SignInState.Expired() // and the renewal then says that it has ended
            : new SignInState.None();
    }

    /// <summary>Renews a sign-in and replaces its refresh token.</summary>
    /// <returns>False: it has ended, and its cookies are gone.</returns>
    public async Task<bool> RefreshAsync(HttpContext http, SignInScheme scheme, CancellationToken cancellationToken)
    {
        if (HostCookies.Read(http.Request, scheme.RefreshCookie) is { } token
            && await ReplaceAsync(token, scheme, cancellationToken) is var (signInId, successor, remembered))
        {
            WriteCookies(http.Response, scheme, signInId, successor, remembered);
            return true;
        }

        DeleteCookies(http.Response, scheme);
        return false;
    }

    /// <summary>Ends the sign-in of this browser, one that has run out too.</summary>
    public async Task EndAsync(HttpContext http, SignInScheme scheme, CancellationToken cancellationToken)
    {
        var access = ReadAccess(http.Request, scheme)?.SignInId;
        var hash = HostCookies.Read(http.Request, scheme.RefreshCookie) is { } token ? Tokens.Hash(token) : null;
        DeleteCookies(http.Response, scheme);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await context.SignIns
            .Where(signIn => signIn.Account!.Realm == scheme.Realm && (signIn.SignInId == access
                || context.RefreshTokens.Any(known => known.SignInId == signIn.SignInId && known.TokenHash == hash)))
            .ExecuteDeleteAsync(cancellationToken);
    }

    /// <summary>The devices of an account, the one that was seen last first.</summary>
    public async Task<IReadOnlyList<SignInInfo>> ListAsync(Guid accountId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var now = clock.GetUtcNow();
        return await context.SignIns.Where(signIn => signIn.AccountId == accountId && signIn.ExpiresAt > now)
            .OrderByDescending(signIn => signIn.LastSeenAt)
            .Select(signIn => new SignInInfo(signIn.SignInId, signIn.Device, signIn.CreatedAt, signIn.LastSeenAt))
            .ToListAsync(cancellationToken);
    }

    /// <returns>False where the account has no such sign-in.</returns>
    public async Task<bool> EndOneAsync(Guid accountId, Guid signInId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.SignIns.Where(signIn => signIn.AccountId == accountId && signIn.SignInId == signInId)
            .ExecuteDeleteAsync(cancellationToken) > 0;
    }

    /// <summary>Ends all sign-ins of an account but one.</summary>
    /// <param name="context">In its transaction.</param>
    /// <param name="accountId">Whose.</param>
    /// <param name="exceptSignInId">The one that stays; null: none.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    public static Task EndAllAsync(MovieSirDbContext context, Guid accountId, Guid? exceptSignInId, CancellationToken cancellationToken) =>
        context.SignIns.Where(signIn => signIn.AccountId == accountId && signIn.SignInId != exceptSignInId).ExecuteDeleteAsync(cancellationToken);

    private TimeSpan LifetimeOf(bool remembered) =>
        remembered ? TimeSpan.FromDays(_options.RememberedDays) : TimeSpan.FromHours(_options.IdleHours);

    private async Task<(Guid SignInId, string Successor, bool Remembered)?> ReplaceAsync(
        string token, SignInScheme scheme, CancellationToken cancellationToken)
    {
        var (hash, now) = (Tokens.Hash(token), clock.GetUtcNow());
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        // Of two at once the second waits here for the first, and then finds the token used.
        var isFirst = await context.RefreshTokens.Where(known => known.TokenHash == hash && known.UsedAt == null).ExecuteUpdateAsync(
            update => update.SetProperty(known => known.UsedAt, now).SetProperty(known => known.SuccessorSalt, salt), cancellationToken) == 1;
        var found = await context.RefreshTokens.AsNoTracking().Include(known => known.SignIn!.Account)
            .SingleOrDefaultAsync(known => known.TokenHash == hash, cancellationToken);
        if (found is not { SignIn: { Account: { } account } signIn } || account.Realm != scheme.Realm || account.DeletedAt is not null
            || account.SuspendedAt is not null || signIn.ExpiresAt <= now)
        {
            return null;
        }

        if (!isFirst && now - found.UsedAt > TimeSpan.FromSeconds(_options.GraceSeconds))
        {
            LogReused(logger, signIn.SignInId);
            await context.SignIns.Where(ended => ended.SignInId == signIn.SignInId).ExecuteDeleteAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return null;
        }

        // Whoever has the token can make its successor; the database, which has only the salt, cannot.
        var successor = Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(token), found.SuccessorSalt!));
        if (isFirst)
        {
            context.Add(new RefreshToken { TokenHash = Tokens.Hash(successor), SignInId = signIn.SignInId, CreatedAt = now });
            await context.SaveChangesAsync(cancellationToken);
            var expiresAt = now + LifetimeOf(signIn.IsRemembered);
            await context.SignIns.Where(seen => seen.SignInId == signIn.SignInId).ExecuteUpdateAsync(
                update => update.SetProperty(seen => seen.LastSeenAt, now).SetProperty(seen => seen.ExpiresAt, expiresAt), cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return (signIn.SignInId, successor, signIn.IsRemembered);
    }

    private IDataProtector ProtectorOf(SignInScheme scheme) => protection.CreateProtector(Purpose, scheme.Realm.ToString());

    private void WriteCookies(HttpResponse response, SignInScheme scheme, Guid signInId, string token, bool remembered)
    {
        var accessLifetime = TimeSpan.FromMinutes(_options.AccessMinutes);
        var content = new byte[IdBytes + sizeof(long)];
        signInId.TryWriteBytes(content);
        BinaryPrimitives.WriteInt64LittleEndian(content.AsSpan(IdBytes), (clock.GetUtcNow() + accessLifetime).ToUnixTimeMilliseconds());
        var access = Base64Url.EncodeToString(ProtectorOf(scheme).Protect(content));
        HostCookies.Write(response, scheme.AccessCookie, access, remembered ? accessLifetime : null);
        HostCookies.Write(response, scheme.RefreshCookie, token, remembered ? LifetimeOf(remembered) : null);
    }

    private static void DeleteCookies(HttpResponse response, SignInScheme scheme)
    {
        HostCookies.Delete(response, scheme.AccessCookie);
        HostCookies.Delete(response, scheme.RefreshCookie);
    }

    private (Guid SignInId, DateTimeOffset ExpiresAt)? ReadAccess(HttpRequest request, SignInScheme scheme)
    {
        if (HostCookies.Read(request, scheme.AccessCookie) is not { } cookie || !Base64Url.IsValid(cookie))
        {
            return null;
        }

        try
        {
            var content = ProtectorOf(scheme).Unprotect(Base64Url.DecodeFromChars(cookie));
            return (new Guid(content.AsSpan(0, IdBytes)),
                DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64LittleEndian(content.AsSpan(IdBytes))));
        }
        catch (CryptographicException)
        {
            return null; // not ours, or of keys that are gone
        }
    }

    [LoggerMessage(LogLevel.Warning, "A refresh token was used again: sign-in {SignInId} is ended")]
    private static partial void LogReused(ILogger logger, Guid signInId);
}
