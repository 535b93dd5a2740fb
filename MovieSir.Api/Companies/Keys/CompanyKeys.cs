using Microsoft.EntityFrameworkCore;
using MovieSir.Api.Companies.Audit;
using MovieSir.Data;
using MovieSir.Data.B2b;

namespace MovieSir.Api.Companies.Keys;

/// <summary>What a company wants of a key.</summary>
internal sealed record KeyWish(string Name, string[]? Scopes, string[] AllowedAddresses, DateTimeOffset? ExpiresAt);

/// <summary>What became of a wish for a key.</summary>
internal abstract record KeyOutcome
{
    /// <param name="KeyId">The key.</param>
    /// <param name="Secret">The key itself where it is new: nothing but the caller keeps it.</param>
    public sealed record Done(Guid KeyId, string Secret = "") : KeyOutcome;

    /// <summary>The company has no such key, or has deleted it.</summary>
    public sealed record Missing : KeyOutcome;

    public sealed record TooMany : KeyOutcome;

    /// <summary>Another key has taken its place already.</summary>
    public sealed record Retiring : KeyOutcome;
}

/// <summary>Makes and changes keys of one company, and writes each act into its audit log.</summary>
internal sealed class CompanyKeys(IDbContextFactory<MovieSirDbContext> contexts, AuditTrail audit, TimeProvider clock)
{
    /// <summary>Keys that a company may have at a time, ended ones included until they are deleted.</summary>
    public const int Most = 50;

    public async Task<KeyOutcome> CreateAsync(Guid companyId, Actor actor, KeyWish wish, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        await CompanyKeyStore.LockAsync(context, companyId, cancellationToken);
        if (await CountAsync(context, companyId, cancellationToken) >= Most)
        {
            return new KeyOutcome.TooMany();
        }

        var (key, text) = await NewAsync(context, companyId, wish.Name, cancellationToken);
        (key.Scopes, key.AllowedAddresses, key.ExpiresAt) = (wish.Scopes, wish.AllowedAddresses, wish.ExpiresAt);
        audit.Add(context, companyId, actor, "key.created", key.ApiKeyId.ToString(), ("name", key.Name), ("hint", key.Hint));
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new KeyOutcome.Done(key.ApiKeyId, text);
    }

    /// <summary>Makes a key that takes another's place. The other one goes on working for a while, or ends at once.</summary>
    public async Task<KeyOutcome> RerollAsync(Guid companyId, Actor actor, Guid keyId, TimeSpan grace, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        await CompanyKeyStore.LockAsync(context, companyId, cancellationToken);
        if (await FindAsync(context, companyId, keyId, cancellationToken) is not { } old)
        {
            return new KeyOutcome.Missing();
        }

        if (old.RerolledAt is not null)
        {
            return new KeyOutcome.Retiring();
        }

        var now = clock.GetUtcNow();
        if (grace == TimeSpan.Zero)
        {
            old.RevokedAt = now;
        }
        else if (await CountAsync(context, companyId, cancellationToken) >= Most)
        {
            return new KeyOutcome.TooMany();
        }
        else
        {
            old.RerolledAt = now;
            old.ExpiresAt = old.ExpiresAt < now + grace ? old.ExpiresAt : now + grace;
        }

        var (key, text) = await NewAsync(context, companyId, old.Name, cancellationToken);
        (key.Scopes, key.AllowedAddresses, key.DailyLimit, key.BurstLimit) = (old.Scopes, old.AllowedAddresses, old.DailyLimit, old.BurstLimit);
        audit.Add(
            context, companyId, actor, "key.rerolled", keyId.ToString(), ("name", key.Name), ("new_key_id", key.ApiKeyId),
            ("grace_hours", (int)grace.TotalHours));
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new KeyOutcome.Done(key.ApiKeyId, text);
    }

    /// <summary>Changes a key.</summary>
    /// <param name="companyId">Whose.</param>
    /// <param name="actor">Who changes it.</param>
    /// <param name="keyId">The key.</param>
    /// <param name="action">What that is called in the audit log.</param>
    /// <param name="change">Changes it, and says what of it. False: it is being retired and must not be changed so.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    public async Task<KeyOutcome> ChangeAsync(
        Guid companyId, Actor actor, Guid keyId, string action, Func<ApiKey, DateTimeOffset, bool> change, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        await CompanyKeyStore.LockAsync(context, companyId, cancellationToken);
        if (await FindAsync(context, companyId, keyId, cancellationToken) is not { } key)
        {
            return new KeyOutcome.Missing();
        }

        if (!change(key, clock.GetUtcNow()))
        {
            return new KeyOutcome.Retiring();
        }

        var changed = context.Entry(key).Properties.Where(property => property.IsModified).Select(property => property.Metadata.Name).ToArray();
        if (changed.Length > 0)
        {
            audit.Add(context, companyId, actor, action, keyId.ToString(), ("name", key.Name), ("changed", changed));
            await context.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        return new KeyOutcome.Done(keyId);
    }

    private static Task<int> CountAsync(MovieSirDbContext context, Guid companyId, CancellationToken cancellationToken) =>
        context.ApiKeys.CountAsync(key => key.CompanyId == companyId && key.RevokedAt == null, cancellationToken);

    private static Task<ApiKey?> FindAsync(MovieSirDbContext context, Guid companyId, Guid keyId, CancellationToken cancellationToken) =>
        context.ApiKeys.SingleOrDefaultAsync(
            key => key.ApiKeyId == keyId && key.CompanyId == companyId && key.RevokedAt == null, cancellationToken);

    private async Task<(ApiKey Key, string Text)> NewAsync(
        MovieSirDbContext context, Guid companyId, string name, CancellationToken cancellationToken)
    {
        var text = ApiKeyFormat.Generate();
        var now = clock.GetUtcNow();
        var key = new ApiKey
        {
            ApiKeyId = Guid.CreateVersion7(now),
            CompanyId = companyId,
            Name = name,
            Plan = await context.Companies.Where(company => company.CompanyId == companyId).Select(company => company.Plan)
                .SingleAsync(cancellationToken),
            KeyHash = ApiKeyFormat.Hash(text),
            Hint = text[^ApiKeyFormat.HintLength..],
            CreatedAt = now,
        };
        context.Add(key);
        return (key, text);
    }
}
