using Microsoft.EntityFrameworkCore;
using MovieSir.Data;

namespace MovieSir.Api.Keys;

/// <summary>Reads keys from the database.</summary>
internal sealed class ApiKeyStore(IDbContextFactory<MovieSirDbContext> contexts)
{
    private static readonly Func<MovieSirDbContext, byte[], CancellationToken, Task<PartnerKey?>> ByHash = EF.CompileAsyncQuery(
        (MovieSirDbContext context, byte[] hash, CancellationToken cancellationToken) => context.ApiKeys
            .Where(key => key.KeyHash == hash)
            .Select(key => new PartnerKey
            {
                ApiKeyId = key.ApiKeyId,
                CompanyId = key.CompanyId,
                Plan = key.Plan,
                DailyLimit = key.DailyLimit,
                BurstLimit = key.BurstLimit,
                ExpiresAt = key.ExpiresAt,
                Enabled = key.RevokedAt == null && key.DeactivatedAt == null,
                Rules = context.ContentRules
                    .Where(rule => rule.CompanyId == key.CompanyId)
                    .OrderBy(rule => rule.Kind).ThenBy(rule => rule.Value)
                    .Select(rule => new CompanyRule(rule.Kind, rule.Value))
                    .ToList(),
                CatalogRevision = context.CatalogState.Select(state => state.Revision).FirstOrDefault(),
            })
            .SingleOrDefault());

    /// <summary>The key with this hash, valid or not; null where there is none.</summary>
    public async Task<PartnerKey?> FindAsync(byte[] hash, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await ByHash(context, hash, cancellationToken);
    }
}
