using Microsoft.EntityFrameworkCore;
using MovieSir.Data;
using MovieSir.Data.Accounts;

namespace MovieSir.Api.Accounts.External;

/// <summary>Which accounts people of other services may sign in to.</summary>
internal sealed class ExternalIdentities(TimeProvider clock)
{
    /// <summary>The account that somebody is linked to; null: none.</summary>
    public static Task<Account?> FindAccountAsync(
        MovieSirDbContext context, Realm realm, ExternalPerson person, CancellationToken cancellationToken) =>
        context.ExternalIdentities.AsNoTracking()
            .Where(known => known.Realm == realm && known.Provider == person.Provider && known.Subject == person.Subject)
            .Select(known => known.Account).SingleOrDefaultAsync(cancellationToken);

    /// <summary>Links somebody to an account. It is there once the context is saved.</summary>
    public void Add(MovieSirDbContext context, Realm realm, Guid accountId, ExternalPerson person) => context.Add(new ExternalIdentity
    {
        AccountId = accountId,
        Realm = realm,
        Provider = person.Provider,
        Subject = person.Subject,
        Email = person.Email ?? "",
        LinkedAt = clock.GetUtcNow(),
    });
}
