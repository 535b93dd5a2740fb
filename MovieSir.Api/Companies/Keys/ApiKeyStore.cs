using MovieSir.Api.Companies.ContentRules;
using MovieSir.Data.Partners;
using Npgsql;

namespace MovieSir.Api.Companies.Keys;

/// <summary>Reads keys from the database, by SQL: this runs for each key every few seconds, and its failures must be told apart.</summary>
internal sealed class ApiKeyStore(NpgsqlDataSource dataSource)
{
    private const string ByHash = """
        SELECT api_key_id, company_id, plan, daily_limit, burst_limit, expires_at, revoked_at IS NULL AND deactivated_at IS NULL,
          ARRAY(SELECT kind FROM b2b.content_rules AS rule WHERE rule.company_id = api_keys.company_id ORDER BY kind, value),
          ARRAY(SELECT value FROM b2b.content_rules AS rule WHERE rule.company_id = api_keys.company_id ORDER BY kind, value),
          (SELECT revision FROM catalog.state)
        FROM b2b.api_keys
        WHERE key_hash = $1
        """;

    /// <summary>The key with this hash, valid or not; null where there is none.</summary>
    /// <exception cref="NpgsqlException">The database does not answer.</exception>
    public async Task<PartnerKey?> FindAsync(byte[] hash, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(ByHash);
        command.Parameters.Add(new() { Value = hash });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken))
        {
            return null;
        }

        var (kinds, values) = (reader.GetFieldValue<string[]>(7), reader.GetFieldValue<string[]>(8));
        return new PartnerKey
        {
            ApiKeyId = reader.GetGuid(0),
            CompanyId = reader.GetGuid(1),
            Plan = Enum.Parse<Plan>(reader.GetString(2)),
            DailyLimit = reader.IsDBNull(3) ? null : reader.GetInt32(3),
            BurstLimit = reader.IsDBNull(4) ? null : reader.GetInt32(4),
            ExpiresAt = reader.IsDBNull(5) ? null : reader.GetFieldValue<DateTimeOffset>(5),
            Enabled = reader.GetBoolean(6),
            Rules = [.. kinds.Zip(values, (kind, value) => new CompanyRule(Enum.Parse<ContentRuleKind>(kind), value))],
            CatalogRevision = reader.IsDBNull(9) ? 0 : reader.GetInt64(9),
        };
    }
}
