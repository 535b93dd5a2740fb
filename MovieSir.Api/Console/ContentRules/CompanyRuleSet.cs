using Microsoft.EntityFrameworkCore;
using MovieSir.Api.Companies.Audit;
using MovieSir.Api.Companies.Keys;
using MovieSir.Data;
using MovieSir.Data.B2b;

namespace MovieSir.Api.Console.ContentRules;

/// <summary>Adds and deletes a company's rules, and writes each act into its audit log.</summary>
internal sealed class CompanyRuleSet(IDbContextFactory<MovieSirDbContext> contexts, AuditTrail audit, TimeProvider clock)
{
    /// <summary>Rules that a company may have.</summary>
    public const int Most = 1000;

    /// <summary>Adds those that are not there yet.</summary>
    /// <returns>False where there would be too many: none is added.</returns>
    public async Task<bool> AddAsync(Guid companyId, Actor actor, IReadOnlyList<RuleText> rules, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        await CompanyKeyStore.LockAsync(context, companyId, cancellationToken);
        var there = await context.ContentRules.Where(rule => rule.CompanyId == companyId)
            .Select(rule => new RuleText(rule.Kind, rule.Value)).ToListAsync(cancellationToken);
        var fresh = rules.Except(there).ToList();
        if (there.Count + fresh.Count > Most)
        {
            return false;
        }

        var now = clock.GetUtcNow();
        foreach (var rule in fresh)
        {
            context.Add(new ContentRule
            {
                ContentRuleId = Guid.CreateVersion7(now),
                CompanyId = companyId,
                Kind = rule.Kind,
                Value = rule.Value,
                CreatedAt = now,
            });
        }

        if (fresh.Count > 0)
        {
            audit.Add(context, companyId, actor, "rules.added", $"{fresh.Count}", ("rules", fresh.Select(rule => $"{rule.Kind}: {rule.Value}")));
            await context.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        return true;
    }

    /// <returns>False where the company has no such rule.</returns>
    public async Task<bool> DeleteAsync(Guid companyId, Actor actor, Guid ruleId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var rule = await context.ContentRules.SingleOrDefaultAsync(
            known => known.ContentRuleId == ruleId && known.CompanyId == companyId, cancellationToken);
        // Of two at once one deletes it.
        if (rule is null || await context.ContentRules.Where(known => known.ContentRuleId == ruleId).ExecuteDeleteAsync(cancellationToken) == 0)
        {
            return false;
        }

        audit.Add(context, companyId, actor, "rule.deleted", ruleId.ToString(), ("kind", rule.Kind), ("value", rule.Value));
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }
}
