using Microsoft.EntityFrameworkCore;
using MovieSir.Api.Companies.Audit;
using MovieSir.Api.Companies.Keys;
using MovieSir.Data;
using MovieSir.Data.B2b;

namespace MovieSir.Api.Console.Auth;

internal enum UnlinkOutcome
{
    Unlinked,

    /// <summary>The member is not linked to that service.</summary>
    NotLinked,

    /// <summary>There is no password, and no other service: nobody could sign in any more.</summary>
    LastWayIn,
}

/// <summary>The other services by which a member may sign in.</summary>
internal sealed class MemberIdentities(IDbContextFactory<MovieSirDbContext> contexts, AuditTrail audit)
{
    public async Task<IReadOnlyList<IdentityAnswer>> ListAsync(Guid accountId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.ExternalIdentities.Where(identity => identity.AccountId == accountId).OrderBy(identity => identity.Provider)
            .Select(identity => new IdentityAnswer(identity.Provider, identity.Email, identity.LinkedAt)).ToListAsync(cancellationToken);
    }

    public async Task<UnlinkOutcome> UnlinkAsync(Member member, Actor actor, string provider, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        await CompanyKeyStore.LockAsync(context, member.CompanyId, cancellationToken); // of two calls at once the second sees what the first did
        var identities = await context.ExternalIdentities.Include(known => known.Account).Where(known => known.AccountId == member.AccountId)
            .ToListAsync(cancellationToken);
        if (identities.Find(known => known.Provider == provider) is not { } identity)
        {
            return UnlinkOutcome.NotLinked;
        }

        if (identity.Account!.PasswordHash is null && identities.Count == 1)
        {
            return UnlinkOutcome.LastWayIn;
        }

        context.Remove(identity);
        audit.Add(context, member.CompanyId, actor, "identity.unlinked", provider, ("email", identity.Email));
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return UnlinkOutcome.Unlinked;
    }
}
