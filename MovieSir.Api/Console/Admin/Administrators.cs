using Microsoft.EntityFrameworkCore;
using MovieSir.Api.Accounts;
using MovieSir.Api.Companies;
using MovieSir.Api.Companies.Audit;
using MovieSir.Api.Companies.Keys;
using MovieSir.Data;
using MovieSir.Data.Accounts;
using MovieSir.Data.B2b;

namespace MovieSir.Api.Console.Admin;

/// <summary>Makes administrators. Only a command does: nobody becomes one over HTTP.</summary>
internal sealed class Administrators(
    IDbContextFactory<MovieSirDbContext> contexts, ApiKeyStore keys, AuditTrail audit, TimeProvider clock)
{
    /// <summary>Makes an account that is an administrator, in the service's own company; or lets one that is there be one, where it is.</summary>
    public async Task<(Guid AccountId, bool IsNew)> EnsureAsync(EmailAddress email, string? passwordHash, CancellationToken cancellationToken)
    {
        var company = await keys.EnsureCompanyAsync(ServiceCompany.Name, Plan.Enterprise, null, null, cancellationToken);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var now = clock.GetUtcNow();
        var member = await context.Members.SingleOrDefaultAsync(
            known => known.Account!.Realm == Realm.Member && known.Account.EmailKey == email.Key, cancellationToken);
        var isNew = member is null;
        if (member is null)
        {
            var account = Account.New(Realm.Member, email.Text, email.Key, passwordHash, Language.Ko, now);
            context.Add(account);
            member = Member.New(company.CompanyId, account.AccountId, MemberRole.Owner, now);
            context.Add(member);
        }

        member.IsAdministrator = true;
        audit.Add(context, member.CompanyId, new Actor(null, AsAdministrator: true), "administrator.created", email.Text);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return (member.AccountId, isNew);
    }
}
