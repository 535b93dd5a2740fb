using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MovieSir.Api.Accounts.Devices;
using MovieSir.Api.Http;
using MovieSir.Api.Mail;
using MovieSir.Data;
using MovieSir.Data.Accounts;
using MovieSir.Data.Sql;

namespace MovieSir.Api.Accounts;

/// <summary>Mailed links that work once: a new password, a new e-mail.</summary>
internal sealed class Links(IDbContextFactory<MovieSirDbContext> contexts, Outbox outbox, IOptions<AccountOptions> options, TimeProvider clock)
{
    private TimeSpan Lifetime => TimeSpan.FromMinutes(options.Value.LinkMinutes);

    /// <summary>Mails a link for a new password, where there is such an account. Links before it end.</summary>
    /// <param name="realm">Where.</param>
    /// <param name="email">Whose.</param>
    /// <param name="page">The page that the link opens; the token follows in its fragment, which no server sees or logs.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    public async Task SendResetAsync(Realm realm, EmailAddress email, string page, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await context.Accounts.SingleOrDefaultAsync(
            known => known.Realm == realm && known.EmailKey == email.Key && known.DeletedAt == null, cancellationToken) is not { } account)
        {
            return;
        }

        await SendAsync(context, account, LinkPurpose.PasswordReset, null, account.Email, token =>
            AccountMails.PasswordReset(account.Language, $"{page}#token={token}", options.Value.LinkMinutes), cancellationToken);
    }

    /// <summary>Mails a link to a new e-mail. One that has an account already gets none, and nobody is told.</summary>
    /// <param name="accountId">Whose e-mail changes.</param>
    /// <param name="email">The new one.</param>
    /// <param name="page">The page that the link opens.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    public async Task SendEmailChangeAsync(Guid accountId, EmailAddress email, string page, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var account = await context.Accounts.SingleAsync(known => known.AccountId == accountId, cancellationToken);
        if (await context.Accounts.AnyAsync(known => known.Realm == account.Realm && known.EmailKey == email.Key, cancellationToken))
        {
            return;
        }

        await SendAsync(context, account, LinkPurpose.EmailChange, email.Text, email.Text, token =>
            AccountMails.EmailChange(account.Language, $"{page}#token={token}", options.Value.LinkMinutes), cancellationToken);
    }

    /// <summary>Makes a link for a new password that is handed over otherwise than by mail. Links before it end.</summary>
    /// <returns>Its token.</returns>
    public async Task<string> CreateResetAsync(Guid accountId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var token = await AddAsync(context, accountId, LinkPurpose.PasswordReset, null, cancellationToken);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return token;
    }

    /// <summary>Sets a new password by a link, and ends every sign-in.</summary>
    /// <returns>False where the link does not work, or not any more.</returns>
    public async Task<bool> ResetAsync(Realm realm, string token, string passwordHash, string app, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        if (await UseAsync(context, realm, LinkPurpose.PasswordReset, token, cancellationToken) is not { Account: { } account })
        {
            return false;
        }

        account.PasswordHash = passwordHash;
        await SignIns.EndAllAsync(context, account.AccountId, null, cancellationToken);
        outbox.Add(context, account.Email, AccountMails.PasswordChanged(account.Language, app), TimeSpan.FromDays(1));
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        outbox.Announce();
        return true;
    }

    /// <summary>Gives an account its new e-mail by a link, and tells the old one, whose links end.</summary>
    /// <returns>False where the link does not work, or not any more, or the e-mail has got an account meanwhile.</returns>
    public async Task<bool> ChangeEmailAsync(Realm realm, string token, string app, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        if (await UseAsync(context, realm, LinkPurpose.EmailChange, token, cancellationToken) is not { Account: { } account, Email: { } text }
            || EmailAddress.Read(text) is not { } email)
        {
            return false;
        }

        outbox.Add(context, account.Email, AccountMails.EmailChanged(account.Language, app), TimeSpan.FromDays(1));
        (account.Email, account.EmailKey) = (email.Text, email.Key);
        if (!await context.TrySaveUniqueAsync(cancellationToken))
        {
            return false;
        }

        await context.Links.Where(link => link.AccountId == account.AccountId).ExecuteDeleteAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        outbox.Announce();
        return true;
    }

    private async Task SendAsync(
        MovieSirDbContext context, Account account, LinkPurpose purpose, string? email, string recipient, Func<string, MailText> mail,
        CancellationToken cancellationToken)
    {
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var token = await AddAsync(context, account.AccountId, purpose, email, cancellationToken);
        outbox.Add(context, recipient, mail(token), Lifetime);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        outbox.Announce();
    }

    private async Task<string> AddAsync(
        MovieSirDbContext context, Guid accountId, LinkPurpose purpose, string? email, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var token = Tokens.New();
        await context.Links.Where(link => (link.AccountId == accountId && link.Purpose == purpose) || link.ExpiresAt <= now)
            .ExecuteDeleteAsync(cancellationToken);
        context.Add(new AccountLink
        {
            TokenHash = Tokens.Hash(token), AccountId = accountId, Purpose = purpose, Email = email, ExpiresAt = now + Lifetime,
        });
        return token;
    }

    // Whoever deletes the link has used it: a second call finds none.
    private async Task<AccountLink?> UseAsync(
        MovieSirDbContext context, Realm realm, LinkPurpose purpose, string token, CancellationToken cancellationToken)
    {
        var (hash, now) = (Tokens.Hash(token), clock.GetUtcNow());
        var link = await context.Links.AsNoTracking().SingleOrDefaultAsync(
            known => known.TokenHash == hash && known.Purpose == purpose && known.ExpiresAt > now && known.Account!.Realm == realm
                && known.Account.DeletedAt == null,
            cancellationToken);
        if (link is null || await context.Links.Where(known => known.TokenHash == hash).ExecuteDeleteAsync(cancellationToken) == 0)
        {
            return null;
        }

        link.Account = await context.Accounts.SingleAsync(account => account.AccountId == link.AccountId, cancellationToken);
        return link;
    }
}
