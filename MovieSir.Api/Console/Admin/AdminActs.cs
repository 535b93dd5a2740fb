using Microsoft.EntityFrameworkCore;
using MovieSir.Api.Accounts.Devices;
using MovieSir.Api.Companies.Audit;
using MovieSir.Data;
using MovieSir.Data.Accounts;

namespace MovieSir.Api.Console.Admin;

/// <summary>What administrators do to companies and travellers. Each act is in the audit log.</summary>
internal sealed class AdminActs(IDbContextFactory<MovieSirDbContext> contexts, AuditTrail audit, TimeProvider clock)
{
    /// <summary>Changes a company's plan, or switches it off or on.</summary>
    /// <returns>False where there is no such company.</returns>
    public async Task<bool> ChangeCompanyAsync(Guid companyId, Actor actor, CompanyChange change, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var company = await context.Companies.SingleOrDefaultAsync(
            known => known.CompanyId == companyId && known.DeletedAt == null, cancellationToken);
        if (company is null)
        {
            return false;
        }

        if (change.Plan is { } plan && plan != company.Plan)
        {
            audit.Add(context, companyId, actor, "company.plan_changed", company.Name, ("before", company.Plan), ("after", plan));
            company.Plan = plan;
        }

        if (change.IsActive is { } isActive && isActive != company.DeactivatedAt is null)
        {
            audit.Add(context, companyId, actor, isActive ? "company.activated" : "company.deactivated", company.Name);
            company.DeactivatedAt = isActive ? null : clock.GetUtcNow();
        }

        await context.SaveChangesAsync(cancellationToken);
        return true;
    }

    /// <summary>Switches a traveller's account off: its sign-ins end and no other begins.</summary>
    public Task<bool> SuspendAsync(Guid accountId, Actor actor, CancellationToken cancellationToken) =>
        ChangeAccountAsync(accountId, actor, "traveller.deactivated", account => account.SuspendedAt ??= clock.GetUtcNow(), true, cancellationToken);

    /// <summary>Switches it on again.</summary>
    public Task<bool> ResumeAsync(Guid accountId, Actor actor, CancellationToken cancellationToken) =>
        ChangeAccountAsync(accountId, actor, "traveller.activated", account => account.SuspendedAt = null, false, cancellationToken);

    /// <summary>Takes its owner's deletion back.</summary>
    public Task<bool> RestoreAsync(Guid accountId, Actor actor, CancellationToken cancellationToken) =>
        ChangeAccountAsync(accountId, actor, "traveller.restored", account => account.DeletedAt = null, false, cancellationToken);

    private async Task<bool> ChangeAccountAsync(
        Guid accountId, Actor actor, string action, Action<Account> change, bool endsSignIns, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var account = await context.Accounts.SingleOrDefaultAsync(
            known => known.AccountId == accountId && known.Realm == Realm.Traveller, cancellationToken);
        if (account is null)
        {
            return false;
        }

        change(account);
        if (endsSignIns)
        {
            await SignIns.EndAllAsync(context, accountId, null, cancellationToken);
        }

        audit.Add(context, null, actor, action, account.Email);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }
}
