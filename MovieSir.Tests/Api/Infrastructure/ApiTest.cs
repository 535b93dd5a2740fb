using System.Net;
using System.Text.Json;
using MovieSir.Tests.Infrastructure;

namespace MovieSir.Tests.Api.Infrastructure;

/// <summary>A test class with a database, a Redis and a stand-in engine of its own; replicas of the API are started as wanted.</summary>
public abstract class ApiTest(TestServers servers) : IAsyncLifetime
{
    private readonly List<ApiHost> _hosts = [];

    protected TestServers Servers { get; } = servers;

    protected TestDatabase Database { get; private set; } = null!;

    protected TestRedis Redis { get; private set; } = null!;

    protected InferenceStandIn Inference { get; private set; } = null!;

    public virtual async ValueTask InitializeAsync()
    {
        Database = await Servers.CreateDatabaseAsync();
        Redis = await Servers.CreateRedisAsync();
        Inference = await InferenceStandIn.StartAsync();
    }

    public virtual async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts)
        {
            await host.DisposeAsync();
        }

        await Inference.DisposeAsync();
        await Redis.DisposeAsync();
        await Database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected async Task<ApiHost> StartApiAsync(params string[] settings) =>
        Keep(await ApiHost.StartAsync(Database.ConnectionString, Redis.ConnectionString, Inference.Address, settings));

    protected ApiHost Keep(ApiHost host)
    {
        _hosts.Add(host);
        return host;
    }

    /// <summary>Waits until the log holds this many rows of a key, and a moment longer in which no more may come.</summary>
    protected async Task<IReadOnlyList<LogRow>> LogRowsAsync(int expected, PartnerKeyHandle? key = null)
    {
        var deadline = DateTime.UtcNow.AddSeconds(60);
        while (true)
        {
            var rows = await ReadLogAsync(key);
            if (rows.Count >= expected || DateTime.UtcNow > deadline)
            {
                await Task.Delay(100);
                rows = await ReadLogAsync(key);
                Assert.Equal(expected, rows.Count);
                return rows;
            }

            await Task.Delay(20);
        }
    }

    /// <summary>Waits until a drain that looks rarely has looked for the first time.</summary>
    protected async Task UntilDrainSleepsAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        // It leaves its name in the stream's group.
        while (!await Redis.Database.KeyExistsAsync("usage")
            || (await Redis.Database.StreamGroupInfoAsync("usage")).All(group => group.ConsumerCount == 0))
        {
            await Task.Delay(20, limit.Token);
        }
    }

    protected async Task<T> ScalarAsync<T>(string sql, params object[] parameters)
    {
        await using var command = Database.DataSource.CreateCommand(sql);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(new() { Value = parameter });
        }

        return (T)(await command.ExecuteScalarAsync())!;
    }

    protected async Task ExecuteAsync(string sql, params object[] parameters)
    {
        await using var command = Database.DataSource.CreateCommand(sql);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(new() { Value = parameter });
        }

        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Every key of this test's Redis.</summary>
    protected IReadOnlyList<StackExchange.Redis.RedisKey> RedisKeys() =>
        [.. Redis.Database.Multiplexer.GetServers()[0].Keys(Redis.Database.Database)];

    private async Task<IReadOnlyList<LogRow>> ReadLogAsync(PartnerKeyHandle? key)
    {
        await using var command = Database.DataSource.CreateCommand("""
            SELECT endpoint, status, error_code, charged, usage_day, occurred_at, recommendation_id, client_user_id, available_minutes,
                movie_ids, request_id
            FROM b2b.request_log WHERE $1::uuid IS NULL OR api_key_id = $1 ORDER BY occurred_at, event_id
            """);
        command.Parameters.Add(new() { Value = (object?)key?.ApiKeyId ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Uuid });
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<LogRow>();
        while (await reader.ReadAsync())
        {
            rows.Add(new LogRow(
                reader.GetString(0), reader.GetInt16(1), reader.IsDBNull(2) ? null : reader.GetString(2), reader.GetBoolean(3),
                reader.GetFieldValue<DateOnly>(4), reader.GetFieldValue<DateTimeOffset>(5), reader.IsDBNull(6) ? null : reader.GetGuid(6),
                reader.IsDBNull(7) ? null : reader.GetString(7), reader.IsDBNull(8) ? null : reader.GetInt32(8),
                reader.GetFieldValue<int[]>(9), reader.GetString(10)));
        }

        return rows;
    }
}

public sealed record LogRow(
    string Endpoint, int Status, string? ErrorCode, bool Charged, DateOnly UsageDay, DateTimeOffset OccurredAt, Guid? RecommendationId,
    string? ClientUserId, int? AvailableMinutes, int[] MovieIds, string RequestId);

internal static class Answers
{
    public static async Task<JsonElement> JsonAsync(this HttpResponseMessage response)
    {
        using var document = await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync());
        return document.RootElement.Clone();
    }

    /// <summary>Holds that an answer is a problem of the one shape, and gives it back.</summary>
    public static async Task<JsonElement> ProblemAsync(this HttpResponseMessage response, HttpStatusCode status, string code)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(status == response.StatusCode, $"Expected {(int)status}, got {(int)response.StatusCode}: {text}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        using var document = JsonDocument.Parse(text);
        Assert.Equal(code, document.RootElement.GetProperty("code").GetString());
        Assert.Equal((int)status, document.RootElement.GetProperty("status").GetInt32());
        Assert.Equal(Assert.Single(response.Headers.GetValues("X-Request-Id")), document.RootElement.GetProperty("request_id").GetString());
        return document.RootElement.Clone();
    }

    public static string Header(this HttpResponseMessage response, string name) => Assert.Single(response.Headers.GetValues(name));
}
