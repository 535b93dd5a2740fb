using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MovieSir.Api.Accounts.Devices;
using MovieSir.Api.Mail;
using MovieSir.Data;
using MovieSir.Data.Accounts;

namespace MovieSir.Api.Accounts;

/// <summary>What the owner of an account does with it. Each change is told by mail.</summary>
internal sealed class AccountChanges(
    IDbContextFactory<MovieSirDbContext> contexts, Outbox outbox, IOptions<AccountOptions> options, TimeProvider clock)
{
    private static readonly TimeSpan Useful = TimeSpan.FromDays(1);

    /// <summary>Sets a new password. All other sign-ins end, and links that were mailed before.</summary>
    /// <param name="accountId">Whose.</param>
    /// <param name="passwordHash">Of the new password.</param>
    /// <param name="signInId">The sign-in that stays.</param>
    /// <param name="app">Where people open the app.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    public Task ChangePasswordAsync(
        Guid accountId, string passwordHash, Guid? signInId, string app, CancellationToken cancellationToken) => ChangeAsync(
        accountId,
        signInId,
        account =>
        {
            account.PasswordHash = passwordHash;
            return AccountMails.PasswordChanged(account.Language, app);
        },
        cancellationToken);

    /// <summary>Deletes an account: nobody signs in to it, and it is erased when its time of grace has passed. All sign-ins end.</summary>
    /// <returns>Until when it can be restored.</returns>
    public async Task<DateTimeOffset> DeleteAsync(Guid accountId, string app, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var until = now.AddDays(options.Value.GraceDays);
        await ChangeAsync(
            accountId,
            null,
            account =>
            {
                account.DeletedAt = now;
                return AccountMails.AccountDeleted(account.Language, until, app);
            },
            cancellationToken);
        return until;
    }

    private async Task ChangeAsync(Guid accountId, Guid? keptSignInId, Func<Account, MailText> change, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var account = await context.Accounts.SingleAsync(known => known.AccountId == accountId, cancellationToken);
        outbox.Add(context, account.Email, change(account), Useful);
        await context.SaveChangesAsync(cancellationToken);
        await context.Links.Where(link => link.AccountId == accountId).ExecuteDeleteAsync(cancellationToken);
        await SignIns.EndAllAsync(context, accountId, keptSignInId, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        outbox.Announce();
    }
}
