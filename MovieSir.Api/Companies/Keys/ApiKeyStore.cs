using MovieSir.Api.Companies.ContentRules;
using MovieSir.Data.B2b;
using MovieSir.Data.Sql;
using Npgsql;

namespace MovieSir.Api.Companies.Keys;

/// <summary>Keys and their companies, by SQL: a key is read every few seconds, and what fails must be told apart.</summary>
internal sealed class ApiKeyStore(NpgsqlDataSource dataSource)
{
    private static readonly SqlStatement ByHash = new("""
        SELECT api_key_id, company_id, plan, daily_limit, burst_limit, expires_at, revoked_at IS NULL AND deactivated_at IS NULL,
          ARRAY(SELECT kind FROM b2b.content_rules AS rule WHERE rule.company_id = api_keys.company_id ORDER BY kind, value),
          ARRAY(SELECT value FROM b2b.content_rules AS rule WHERE rule.company_id = api_keys.company_id ORDER BY kind, value)
        FROM b2b.api_keys
        WHERE key_hash = $1
        """, "bytea");

    // One statement, so that two commands at once agree on one company.
    private static readonly SqlStatement EnsureCompany = new("""
        INSERT INTO b2b.companies (company_id, name) VALUES ($1, $2)
        ON CONFLICT (name) DO UPDATE SET name = excluded.name
        RETURNING company_id
        """, "uuid", "text");

    private static readonly SqlStatement EnsureKey = new("""
        INSERT INTO b2b.api_keys (api_key_id, company_id, name, plan, key_hash, hint, daily_limit, burst_limit)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        ON CONFLICT (key_hash) DO UPDATE SET daily_limit = excluded.daily_limit, burst_limit = excluded.burst_limit
        """, "uuid", "uuid", "text", "text", "bytea", "text", "integer", "integer");

    /// <summary>The key with this hash, valid or not; null where there is none.</summary>
    /// <exception cref="NpgsqlException">The database does not answer.</exception>
    public async Task<PartnerKey?> FindAsync(byte[] hash, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(ByHash, [hash]);
        return await command.ReadFirstAsync(Read, cancellationToken);
    }

    /// <summary>The company of this name, which is added where it is new.</summary>
    /// <exception cref="NpgsqlException">The database does not answer.</exception>
    public async Task<Guid> EnsureCompanyAsync(string name, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(EnsureCompany, [Guid.CreateVersion7(), name]);
        return await command.ScalarAsync<Guid>(cancellationToken);
    }

    /// <summary>Adds a key that is known beforehand, or gives it these limits where it is there.</summary>
    /// <exception cref="NpgsqlException">The database does not answer.</exception>
    public async Task EnsureKeyAsync(
        Guid companyId, string name, Plan plan, string key, int dailyLimit, int burstLimit, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(EnsureKey, [
            Guid.CreateVersion7(), companyId, name, plan.ToString(), ApiKeyFormat.Hash(key), key[^ApiKeyFormat.HintLength..],
            dailyLimit, burstLimit,
        ]);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static PartnerKey Read(NpgsqlDataReader reader)
    {
        var (kinds, values) = (reader.GetFieldValue<string[]>(7), reader.GetFieldValue<string[]>(8));
        return new PartnerKey
        {
            ApiKeyId = reader.GetGuid(0),
            CompanyId = reader.GetGuid(1),
            Plan = Enum.Parse<Plan>(reader.GetString(2)),
            DailyLimit = reader.GetNullable<int>(3),
            BurstLimit = reader.GetNullable<int>(4),
            ExpiresAt = reader.GetNullable<DateTimeOffset>(5),
            Enabled = reader.GetBoolean(6),
            ContentRules = CompanyRules.Of(kinds.Zip(values, (kind, value) => (Enum.Parse<ContentRuleKind>(kind), value))),
        };
    }
}
