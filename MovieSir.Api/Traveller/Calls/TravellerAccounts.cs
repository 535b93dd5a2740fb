using Microsoft.EntityFrameworkCore;
using MovieSir.Api.Accounts.Devices;
using MovieSir.Api.Http;
using MovieSir.Api.Traveller.People;
using MovieSir.Data;
using MovieSir.Data.Accounts;

namespace MovieSir.Api.Traveller.Calls;

/// <summary>Signs travellers in, and makes what they did as guests theirs, in one transaction.</summary>
internal sealed class TravellerAccounts(
    IDbContextFactory<MovieSirDbContext> contexts, SignIns signIns, GuestsOfBrowsers guests, JoinStore travellers)
{
    public static readonly SignInScheme Scheme = new(Realm.Traveller, TravellerCookies.Access, TravellerCookies.Refresh);

    /// <summary>Signs somebody in whose password was right.</summary>
    /// <returns>The traveller.</returns>
    public async Task<Guid> SignInAsync(HttpContext http, Account account, bool remembered, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var traveller = await travellers.FindAsync(account.AccountId, null, cancellationToken)
            ?? throw new InvalidOperationException("An account of the app has no traveller.");
        var writeCookies = await JoinAsync(http, context, account.AccountId, traveller.TravellerId, remembered, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        writeCookies();
        return traveller.TravellerId;
    }

    /// <summary>Merges the guest of this browser and begins a sign-in; both are there once the transaction is committed.</summary>
    /// <returns>Writes the cookies, after the commit.</returns>
    public async Task<Action> JoinAsync(
        HttpContext http, MovieSirDbContext context, Guid accountId, Guid travellerId, bool remembered, CancellationToken cancellationToken)
    {
        if (await guests.FindAsync(http, cancellationToken) is { } guest)
        {
            await JoinStore.MergeAsync(context, guest.TravellerId, travellerId, cancellationToken);
        }

        var writeCookies = signIns.Prepare(http, context, Scheme, accountId, remembered);
        await context.SaveChangesAsync(cancellationToken);
        await signIns.BoundAsync(context, accountId, cancellationToken);
        return () =>
        {
            writeCookies();
            HostCookies.Delete(http.Response, TravellerCookies.Guest);
        };
    }
}
