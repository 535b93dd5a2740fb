using Microsoft.EntityFrameworkCore;
using MovieSir.Data;
using MovieSir.Data.B2b;

namespace MovieSir.Api.Companies.Keys;

/// <summary>What is asked for with a new key. The plan is a new company's.</summary>
internal sealed record NewApiKey(string Company, Plan Plan, string Name, int? DailyLimit, int? BurstLimit, DateTimeOffset? ExpiresAt);

/// <summary>A key as people see it.</summary>
internal sealed record ApiKeyInfo
{
    public required Guid ApiKeyId { get; init; }

    public required string Company { get; init; }

    public required string Name { get; init; }

    public required Plan Plan { get; init; }

    public int? DailyLimit { get; init; }

    public int? BurstLimit { get; init; }

    /// <summary>The key's last four characters.</summary>
    public required string Hint { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    public DateTimeOffset? DeactivatedAt { get; init; }

    public DateTimeOffset? RevokedAt { get; init; }

    public DateTimeOffset? LastUsedAt { get; init; }
}

/// <summary>Makes, lists and revokes keys.</summary>
internal sealed class ApiKeyManager(IDbContextFactory<MovieSirDbContext> contexts, ApiKeyStore store, TimeProvider clock)
{
    public const int NameLength = 200;
    private const int ListMax = 1000;

    /// <summary>Makes a key, and its company where that is new.</summary>
    /// <returns>What is known of the key, and the key itself, which nothing but the caller keeps.</returns>
    public async Task<(ApiKeyInfo Info, string Key)> CreateAsync(NewApiKey wanted, CancellationToken cancellationToken)
    {
        var text = ApiKeyFormat.Generate();
        var company = await store.EnsureCompanyAsync(wanted.Company, wanted.Plan, wanted.DailyLimit, wanted.BurstLimit, cancellationToken);
        var key = new ApiKey
        {
            ApiKeyId = Guid.CreateVersion7(),
            CompanyId = company.CompanyId,
            Name = wanted.Name,
            Plan = company.Plan,
            KeyHash = ApiKeyFormat.Hash(text),
            Hint = text[^ApiKeyFormat.HintLength..],
            DailyLimit = wanted.DailyLimit,
            BurstLimit = wanted.BurstLimit,
            CreatedAt = clock.GetUtcNow(),
            ExpiresAt = wanted.ExpiresAt,
        };
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        context.Add(key);
        await context.SaveChangesAsync(cancellationToken);
        return (Describe(key, wanted.Company), text);
    }

    /// <summary>The newest keys first, a thousand at most.</summary>
    public async Task<IReadOnlyList<ApiKeyInfo>> ListAsync(string? company, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var keys = await context.ApiKeys.AsNoTracking().Include(key => key.Company)
            .Where(key => company == null || key.Company!.Name == company)
            .OrderByDescending(key => key.CreatedAt)
            .Take(ListMax)
            .ToListAsync(cancellationToken);
        return [.. keys.Select(key => Describe(key, key.Company!.Name))];
    }

    /// <summary>Revokes a key for good.</summary>
    /// <returns>False where there is no such key, or it was revoked before.</returns>
    public async Task<bool> RevokeAsync(Guid apiKeyId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var now = clock.GetUtcNow();
        return await context.ApiKeys.Where(key => key.ApiKeyId == apiKeyId && key.RevokedAt == null)
            .ExecuteUpdateAsync(update => update.SetProperty(key => key.RevokedAt, now), cancellationToken) > 0;
    }

    private static ApiKeyInfo Describe(ApiKey key, string company) => new()
    {
        ApiKeyId = key.ApiKeyId,
        Company = company,
        Name = key.Name,
        Plan = key.Company?.Plan ?? key.Plan,
        DailyLimit = key.DailyLimit,
        BurstLimit = key.BurstLimit,
        Hint = key.Hint,
        CreatedAt = key.CreatedAt,
        ExpiresAt = key.ExpiresAt,
        DeactivatedAt = key.DeactivatedAt,
        RevokedAt = key.RevokedAt,
        LastUsedAt = key.LastUsedAt,
    };
}
