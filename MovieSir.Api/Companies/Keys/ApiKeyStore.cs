using System.Collections.Frozen;
using System.Net;
using MovieSir.Api.Companies.ContentRules;
using MovieSir.Data.B2b;
using MovieSir.Data.Sql;
using Npgsql;

namespace MovieSir.Api.Companies.Keys;

/// <summary>The company that a key is made for, and its plan.</summary>
internal sealed record CompanyOfKey(Guid CompanyId, Plan Plan);

/// <summary>Keys and their companies, by SQL: a key is read every few seconds, and what fails must be told apart.</summary>
internal sealed class ApiKeyStore(NpgsqlDataSource dataSource)
{
    private static readonly SqlStatement ByHash = new("""
        SELECT api_key_id, company_id, company.plan, key.daily_limit, key.burst_limit, expires_at,
          revoked_at IS NULL AND key.deactivated_at IS NULL AND company.deactivated_at IS NULL AND deleted_at IS NULL,
          ARRAY(SELECT kind FROM b2b.content_rules AS rule WHERE rule.company_id = key.company_id ORDER BY kind, value),
          ARRAY(SELECT value FROM b2b.content_rules AS rule WHERE rule.company_id = key.company_id ORDER BY kind, value),
          scopes, allowed_addresses, company.daily_limit, company.burst_limit
        FROM b2b.api_keys AS key JOIN b2b.companies AS company USING (company_id)
        WHERE key_hash = $1
        """, "bytea");

    // One statement, so that two commands at once agree on one company. What a key is given beyond the plan, its company is given too.
    private static readonly SqlStatement EnsureCompany = new("""
        INSERT INTO b2b.companies AS known (company_id, name, plan, daily_limit, burst_limit) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (name) DO UPDATE SET daily_limit = greatest(known.daily_limit, excluded.daily_limit),
          burst_limit = greatest(known.burst_limit, excluded.burst_limit)
        RETURNING company_id, plan
        """, "uuid", "text", "text", "integer", "integer");

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
    /// <param name="name">Its name.</param>
    /// <param name="plan">The plan of a new one. One that is there keeps its own.</param>
    /// <param name="dailyLimit">Calls a day that one of its keys is given; null: what the company may make.</param>
    /// <param name="burstLimit">Calls a second, likewise.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    /// <exception cref="NpgsqlException">The database does not answer.</exception>
    public async Task<CompanyOfKey> EnsureCompanyAsync(
        string name, Plan plan, int? dailyLimit, int? burstLimit, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(EnsureCompany, [Guid.CreateVersion7(), name, plan.ToString(), dailyLimit, burstLimit]);
        return (await command.ReadFirstAsync(
            reader => new CompanyOfKey(reader.GetGuid(0), Enum.Parse<Plan>(reader.GetString(1))), cancellationToken))!;
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
            Scopes = reader.GetNullable<string[]>(9)?.Select(name => Enum.Parse<ApiKeyScope>(name)).ToFrozenSet(),
            AllowedAddresses = [.. reader.GetFieldValue<string[]>(10).Select(text => AddressRange.Read(text)).OfType<IPNetwork>()],
            CompanyDailyLimit = reader.GetNullable<int>(11),
            CompanyBurstLimit = reader.GetNullable<int>(12),
            ContentRules = CompanyRules.Of(kinds.Zip(values, (kind, value) => (Enum.Parse<ContentRuleKind>(kind), value))),
        };
    }
}
