using Microsoft.EntityFrameworkCore;
using MovieSir.Api.Companies.Audit;
using MovieSir.Api.Companies.Keys;
using MovieSir.Data;
using MovieSir.Data.B2b;

namespace MovieSir.Api.Console.Members;

/// <summary>What became of a change of a member.</summary>
internal enum MemberOutcome
{
    Done,

    /// <summary>The company has no such member.</summary>
    Missing,

    /// <summary>Nobody would be left who may look after the company.</summary>
    LastOwner,
}

/// <summary>Reads, changes and removes the members of a company.</summary>
internal sealed class CompanyMembers(IDbContextFactory<MovieSirDbContext> contexts, AuditTrail audit)
{
    public async Task<IReadOnlyList<MemberInfo>> ListAsync(Guid companyId, Guid you, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Members.Where(member => member.CompanyId == companyId).OrderBy(member => member.JoinedAt)
            .Select(member => new MemberInfo(
                member.MemberId, member.Account!.Email, member.Role, member.JoinedAt, member.LastSeenAt, member.MemberId == you))
            .ToListAsync(cancellationToken);
    }

    public Task<MemberOutcome> SetRoleAsync(Guid companyId, Actor actor, Guid memberId, MemberRole role, CancellationToken cancellationToken) =>
        ChangeAsync(companyId, memberId, role is not MemberRole.Owner, (context, member) =>
        {
            if (member.Role != role)
            {
                audit.Add(context, companyId, actor, "member.role_changed", member.Account!.Email, ("before", member.Role), ("after", role));
                member.Role = role;
            }
        }, cancellationToken);

    /// <summary>Removes a member. The account ends too: it may then become a member elsewhere.</summary>
    public Task<MemberOutcome> RemoveAsync(Guid companyId, Actor actor, Guid memberId, CancellationToken cancellationToken) =>
        ChangeAsync(companyId, memberId, endsOwner: true, (context, member) =>
        {
            audit.Add(context, companyId, actor, "member.removed", member.Account!.Email, ("role", member.Role));
            context.Remove(member.Account!); // and member and sign-ins with it
        }, cancellationToken);

    private async Task<MemberOutcome> ChangeAsync(
        Guid companyId, Guid memberId, bool endsOwner, Action<MovieSirDbContext, Member> change, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        await CompanyKeyStore.LockAsync(context, companyId, cancellationToken); // of two owners that end each other one is refused
        var member = await context.Members.Include(known => known.Account)
            .SingleOrDefaultAsync(known => known.MemberId == memberId && known.CompanyId == companyId, cancellationToken);
        if (member is null)
        {
            return MemberOutcome.Missing;
        }

        if (endsOwner && member.Role is MemberRole.Owner && !await context.Members.AnyAsync(
            other => other.CompanyId == companyId && other.MemberId != memberId && other.Role == MemberRole.Owner, cancellationToken))
        {
            return MemberOutcome.LastOwner;
        }

        change(context, member);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return MemberOutcome.Done;
    }
}
