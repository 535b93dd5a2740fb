using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using MovieSir.Data;
using MovieSir.Data.B2b;
using MovieSir.Data.Sql;
using Npgsql;

namespace MovieSir.Api.Companies.Keys;

/// <summary>What has become of a key.</summary>
internal enum KeyState
{
    Active,

    /// <summary>Switched off.</summary>
    Inactive,

    Expired,

    /// <summary>Another key has taken its place. It works until its end.</summary>
    Retiring,
}

/// <summary>A key as its company sees it.</summary>
internal sealed record CompanyKey
{
    public required Guid KeyId { get; init; }

    public required string Name { get; init; }

    /// <summary>The key's last four characters.</summary>
    public required string Hint { get; init; }

    public required KeyState State { get; init; }

    /// <summary>Parts of the API that it may call.</summary>
    public required IReadOnlyList<ApiKeyScope> Scopes { get; init; }

    /// <summary>Addresses and networks that calls may come from. None: from anywhere.</summary>
    public required IReadOnlyList<string> AllowedAddresses { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Null: it does not end.</summary>
    public required DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Null: it was not used yet.</summary>
    public required DateTimeOffset? LastUsedAt { get; init; }

    public required long CallsToday { get; init; }

    [JsonPropertyName("calls_30_days")]
    public required long Calls30Days { get; init; }
}

/// <summary>Keys of one company with what they were used for.</summary>
internal sealed class CompanyKeyStore(NpgsqlDataSource dataSource)
{
    private static readonly SqlStatement List = new("""
        SELECT key.api_key_id, name, hint, scopes, allowed_addresses, created_at, expires_at, last_used_at, deactivated_at IS NOT NULL,
          rerolled_at IS NOT NULL, coalesce(used.today, 0), coalesce(used.month, 0)
        FROM b2b.api_keys AS key
        CROSS JOIN LATERAL (
          SELECT sum(calls) FILTER (WHERE day = $3)::bigint AS today, sum(calls)::bigint AS month
          FROM b2b.usage_by_day AS usage WHERE usage.api_key_id = key.api_key_id AND day BETWEEN $3 - 29 AND $3
        ) AS used
        WHERE company_id = $1 AND revoked_at IS NULL AND ($2 IS NULL OR key.api_key_id = $2)
        ORDER BY created_at DESC, key.api_key_id DESC
        """, "uuid", "uuid", "date");

    private static readonly SqlStatement Lock = new("SELECT FROM b2b.companies WHERE company_id = $1 FOR NO KEY UPDATE", "uuid");

    /// <summary>Keys that are not deleted, the newest first.</summary>
    /// <param name="companyId">Whose.</param>
    /// <param name="keyId">Only this one; null: all.</param>
    /// <param name="today">The day in Seoul.</param>
    /// <param name="now">When.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<IReadOnlyList<CompanyKey>> ListAsync(
        Guid companyId, Guid? keyId, DateOnly today, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(List, [companyId, keyId, today]);
        return await command.ReadAllAsync(reader => Read(reader, now), cancellationToken);
    }

    /// <summary>Lets one call at a time count a company's keys and add to them, until the transaction ends.</summary>
    public static async Task LockAsync(MovieSirDbContext context, Guid companyId, CancellationToken cancellationToken)
    {
        await using var command = ((NpgsqlConnection)context.Database.GetDbConnection()).CreateCommand(Lock, [companyId]);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static CompanyKey Read(NpgsqlDataReader reader, DateTimeOffset now)
    {
        var expiresAt = reader.GetNullable<DateTimeOffset>(6);
        return new CompanyKey
        {
            KeyId = reader.GetGuid(0),
            Name = reader.GetString(1),
            Hint = reader.GetString(2),
            Scopes = KeyScopes.Read(reader.GetNullable<string[]>(3)),
            AllowedAddresses = reader.GetFieldValue<string[]>(4),
            CreatedAt = reader.GetFieldValue<DateTimeOffset>(5),
            ExpiresAt = expiresAt,
            LastUsedAt = reader.GetNullable<DateTimeOffset>(7),
            State = expiresAt <= now ? KeyState.Expired
                : reader.GetBoolean(8) ? KeyState.Inactive
                : reader.GetBoolean(9) ? KeyState.Retiring
                : KeyState.Active,
            CallsToday = reader.GetInt64(10),
            Calls30Days = reader.GetInt64(11),
        };
    }
}
