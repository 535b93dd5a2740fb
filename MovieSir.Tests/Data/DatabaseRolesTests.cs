using System.Net;
using MovieSir.Data;
using MovieSir.ServiceDefaults.InferenceContract;
using MovieSir.Tests.Api.Infrastructure;
using MovieSir.Tests.Inference;
using MovieSir.Tests.Infrastructure;
using Npgsql;

namespace MovieSir.Tests.Data;

/// <summary>A migrated PostgreSQL with the services' roles, as the catalog's job makes them.</summary>
public sealed class DatabaseWithRoles(TestServers servers) : IAsyncLifetime
{
    private EmbeddedServer _server = null!;

    public string Owner => _server.ConnectionString;

    public async ValueTask InitializeAsync()
    {
        _server = await servers.StartPostgresAsync();
        await TestServers.MigrateAsync(Owner);
        await TestServers.ExecuteAsync(Owner, """
            INSERT INTO catalog.movies (movie_id, title, runtime_minutes, vote_average, vote_count, popularity, adult, keywords, is_stub, is_sample)
                SELECT n, 'Movie ' || n, 90 + n % 60, 7, n, 1, false, '{}', false, false FROM generate_series(1, 50) n;
            SELECT b2b.ensure_request_log_partition('2026-01-15Z');
            """);
        await ApplyAsync(Passwords());
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    public static Dictionary<string, string?> Passwords() => new()
    {
        [DatabaseRoles.Api] = PasswordOf(DatabaseRoles.Api),
        [DatabaseRoles.Inference] = PasswordOf(DatabaseRoles.Inference),
    };

    public string As(string role, string? password = null) => new NpgsqlConnectionStringBuilder(Owner)
    {
        Username = role,
        Password = password ?? PasswordOf(role),
        Pooling = false,
    }.ConnectionString;

    public async Task<IReadOnlyList<string>> ApplyAsync(IReadOnlyDictionary<string, string?> passwords)
    {
        await using var source = NpgsqlDataSource.Create($"{Owner};Pooling=false");
        return await new DatabaseRoleStore(source).ApplyAsync(passwords, TestContext.Current.CancellationToken);
    }

    private static string PasswordOf(string role) => $"{role}OfThisTest".Replace("_", "", StringComparison.Ordinal);
}

/// <summary>Each service's role does what its service does, and is refused what it does not need.</summary>
public sealed class DatabaseRolesTests(DatabaseWithRoles database, TestServers servers) : IClassFixture<DatabaseWithRoles>
{
    private const string Api = DatabaseRoles.Api;
    private const string Inference = DatabaseRoles.Inference;

    private const string LogRow = """
        INSERT INTO b2b.request_log (
            event_id, occurred_at, usage_day, api_key_id, company_id, request_id, method, endpoint, status, latency_ms, charged, movie_ids)
        VALUES (
            gen_random_uuid(), '2026-01-15Z', '2026-01-15', gen_random_uuid(), gen_random_uuid(), 'r', 'POST', '/v1/recommend', 200, 1, true, '{}')
        """;

    [Theory]
    [InlineData(Api, "SELECT * FROM catalog.movies")]
    [InlineData(Api, "SELECT revision FROM catalog.state")]
    [InlineData(Api, "INSERT INTO b2b.companies (company_id, name) VALUES (gen_random_uuid(), 'Rail')")]
    [InlineData(Api, "UPDATE b2b.api_keys SET revoked_at = now()")]
    [InlineData(Api, "DELETE FROM b2b.companies")]
    [InlineData(Api, LogRow)]
    [InlineData(Api, "SELECT * FROM b2b.request_log")]
    [InlineData(Api, "INSERT INTO b2b.audit_log VALUES (gen_random_uuid(), now(), NULL, false, NULL, 'a.b', 's', '{}')")]
    [InlineData(Api, "SELECT * FROM b2b.audit_log")]
    [InlineData(Api, "SELECT b2b.latency_of(b2b.latency_bucket(12))")]
    [InlineData(Api, "SELECT b2b.ensure_request_log_partition('2031-05-15Z')")]
    [InlineData(Api, "DELETE FROM b2c.travellers")]
    [InlineData(Api, "UPDATE accounts.accounts SET deleted_at = now()")]
    [InlineData(Api, "DELETE FROM mail.outbox")]
    [InlineData(Api, "INSERT INTO accounts.data_protection_keys (friendly_name, xml) VALUES ('name', '<key/>')")]
    [InlineData(Inference, "SELECT * FROM catalog.movies")]
    [InlineData(Inference, "SELECT * FROM catalog.ratings")]
    [InlineData(Inference, "SELECT '[1,2]'::vector <-> '[1,3]'::vector")]
    [InlineData(Inference, "LISTEN catalog_changed")]
    public async Task A_role_may_do_what_its_service_does(string role, string sql) => await TestServers.ExecuteAsync(database.As(role), sql);

    [Theory]
    [InlineData(Api, "UPDATE catalog.movies SET title = ''")]
    [InlineData(Api, "INSERT INTO catalog.model_versions DEFAULT VALUES")]
    [InlineData(Api, "DELETE FROM catalog.ratings")]
    [InlineData(Api, "UPDATE b2b.request_log SET charged = false")]
    [InlineData(Api, "DELETE FROM b2b.request_log")]
    [InlineData(Api, "DELETE FROM b2b.request_log_2026_01")]
    [InlineData(Api, "UPDATE b2b.request_log_default SET charged = false")]
    [InlineData(Api, "UPDATE b2b.audit_log SET actor = ''")]
    [InlineData(Api, "DELETE FROM b2b.audit_log")]
    [InlineData(Api, "TRUNCATE b2b.usage_by_day")]
    [InlineData(Api, "DROP TABLE b2b.feedback")]
    [InlineData(Api, "CREATE TABLE b2b.mine (id int)")]
    [InlineData(Api, "CREATE TABLE public.mine (id int)")]
    [InlineData(Api, "CREATE TEMPORARY TABLE mine (id int)")]
    [InlineData(Api, "SELECT * FROM public.migrations")]
    [InlineData(Api, "CREATE ROLE other")]
    [InlineData(Api, "ALTER ROLE moviesir_inference PASSWORD 'other'")]
    [InlineData(Api, "SELECT * FROM pg_authid")]
    [InlineData(Api, "COPY catalog.movies TO PROGRAM 'true'")]
    [InlineData(Api, "CREATE TABLE accounts.mine (id int)")]
    [InlineData(Inference, "SELECT * FROM b2b.api_keys")]
    [InlineData(Inference, "SELECT * FROM accounts.accounts")]
    [InlineData(Inference, "SELECT * FROM b2c.travellers")]
    [InlineData(Inference, "SELECT * FROM mail.outbox")]
    [InlineData(Inference, "SELECT * FROM b2b.request_log")]
    [InlineData(Inference, "SELECT b2b.ensure_request_log_partition('2031-06-15Z')")]
    [InlineData(Inference, "UPDATE catalog.state SET revision = revision + 1")]
    [InlineData(Inference, "INSERT INTO catalog.movie_embeddings DEFAULT VALUES")]
    [InlineData(Inference, "DELETE FROM catalog.item_factors")]
    [InlineData(Inference, "CREATE INDEX ON catalog.movies (title)")]
    [InlineData(Inference, "CREATE TABLE catalog.mine (id int)")]
    [InlineData(Inference, "CREATE TEMPORARY TABLE mine (id int)")]
    [InlineData(Inference, "SELECT * FROM public.migrations")]
    [InlineData(Inference, "SELECT pg_read_file('postgresql.conf')")]
    public async Task A_role_is_refused_what_its_service_does_not_need(string role, string sql)
    {
        var refused = await Assert.ThrowsAsync<PostgresException>(() => TestServers.ExecuteAsync(database.As(role), sql));

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    [Fact]
    public async Task The_services_themselves_run_as_their_roles()
    {
        await using var redis = await servers.CreateRedisAsync();
        await using var engine = await EngineHost.StartAsync(database.As(Inference));
        var ranked = await engine.PostAsync<RankResponse>("/rank", new { user_movie_ids = new[] { 1 }, k = 10 });
        await using var inference = await InferenceStandIn.StartAsync();
        await using var api = await ApiHost.StartAsync(database.As(Api), redis.ConnectionString, inference.Address);
        var (handle, key) = await api.CreateKeyAsync();
        using var answer = await api.RecommendAsync(key);

        Assert.Equal(10, ranked.Movies.Count);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await using var source = NpgsqlDataSource.Create(database.Owner);
        await using var count = source.CreateCommand("SELECT count(*) FROM b2b.request_log WHERE api_key_id = $1");
        count.Parameters.Add(new() { Value = handle.ApiKeyId });
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while ((long)(await count.ExecuteScalarAsync(limit.Token))! == 0) // fails by the limit: the row never came
        {
            await Task.Delay(50, limit.Token);
        }

        Assert.True(await api.RevokeAsync(handle.ApiKeyId));
    }

    [Fact]
    public async Task What_a_later_migration_makes_is_covered_by_the_next_run()
    {
        await TestServers.ExecuteAsync(database.Owner, """
            CREATE TABLE catalog.later (id int);
            CREATE TABLE b2c.later (id int GENERATED BY DEFAULT AS IDENTITY, name text);
            SELECT b2b.ensure_request_log_partition('2032-01-15Z');
            """);
        await database.ApplyAsync(new Dictionary<string, string?>()); // also where it is run without the passwords

        await TestServers.ExecuteAsync(database.As(Inference), "SELECT * FROM catalog.later");
        await TestServers.ExecuteAsync(
            database.As(Api), "INSERT INTO b2c.later (name) SELECT 'x' FROM (SELECT count(*) FROM catalog.later) AS movies");
        foreach (var (role, sql) in new[]
        {
            (Inference, "SELECT * FROM b2c.later"), (Api, "DELETE FROM catalog.later"), (Api, "DELETE FROM b2b.request_log_2032_01"),
        })
        {
            var refused = await Assert.ThrowsAsync<PostgresException>(() => TestServers.ExecuteAsync(database.As(role), sql));
            Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
        }
    }

    [Fact]
    public async Task A_rotated_password_is_the_only_one_and_leaves_the_other_role_alone()
    {
        await using var other = await servers.StartPostgresAsync();
        await TestServers.MigrateAsync(other.ConnectionString);
        await using var source = NpgsqlDataSource.Create($"{other.ConnectionString};Pooling=false");
        var roles = new DatabaseRoleStore(source);
        var token = TestContext.Current.CancellationToken;
        string As(string role, string password) =>
            new NpgsqlConnectionStringBuilder(other.ConnectionString) { Username = role, Password = password, Pooling = false }.ConnectionString;

        Task<IReadOnlyList<string>> ApplyAsync(string? apiPassword, string? inferencePassword) =>
            roles.ApplyAsync(new Dictionary<string, string?> { [Api] = apiPassword, [Inference] = inferencePassword }, token);

        Assert.Empty(await ApplyAsync(null, null)); // none is given, none is made
        Assert.Equal([Api, Inference], await ApplyAsync("theFirstPassword", "theOthersPassword"));
        Assert.Equal([Api, Inference], await ApplyAsync("theSecondPassword", null));

        await TestServers.ExecuteAsync(As(Api, "theSecondPassword"), "SELECT 1");
        await TestServers.ExecuteAsync(As(Inference, "theOthersPassword"), "SELECT 1");
        var refused = await Assert.ThrowsAsync<PostgresException>(() => TestServers.ExecuteAsync(As(Api, "theFirstPassword"), "SELECT 1"));
        Assert.Equal(PostgresErrorCodes.InvalidPassword, refused.SqlState);
    }
}
