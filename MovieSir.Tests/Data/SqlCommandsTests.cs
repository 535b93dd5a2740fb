using MovieSir.Data.Sql;
using MovieSir.Tests.Infrastructure;
using Npgsql;
using NpgsqlTypes;

namespace MovieSir.Tests.Data;

/// <summary>Statements become commands, and rows become values; NULL is null in both directions.</summary>
public sealed class SqlCommandsTests(TestServers servers) : IAsyncLifetime
{
    private static readonly SqlStatement Echo = new("SELECT $1, $2, $3, $4", "text", "smallint", "text[]", "vector[]");

    private static readonly SqlStatement Numbers = new("SELECT n FROM generate_series(1, $1) AS n", "integer");

    private static readonly SqlStatement Nothing = new("SELECT 1 WHERE false");

    private static readonly SqlStatement Null = new("SELECT NULL::integer");

    private TestDatabase _database = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private NpgsqlDataSource Source => _database.DataSource;

    public async ValueTask InitializeAsync() => _database = await servers.CreateDatabaseAsync();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Values_arrive_with_the_types_of_the_statement()
    {
        var vectors = new[] { new Pgvector.Vector(new[] { 1f, 2f }), null };
        await using var command = Source.CreateCommand(Echo, ["무비서", (short)7, new[] { "KR", "US" }, vectors]);
        await using var reader = await command.ExecuteReaderAsync(Token);

        Assert.True(await reader.ReadAsync(Token));
        Assert.Equal(["text", "smallint", "text[]", "public.vector[]"], Enumerable.Range(0, 4).Select(reader.GetDataTypeName));
        Assert.Equal("무비서", reader.GetNullable<string>(0));
        Assert.Equal((short)7, reader.GetNullable<short>(1));
        Assert.Equal(["KR", "US"], reader.GetNullable<string[]>(2)!);
        Assert.Collection(reader.GetNullable<Pgvector.Vector?[]>(3)!, vector => Assert.Equal([1f, 2f], vector!.ToArray()), Assert.Null);
    }

    [Fact]
    public async Task Null_is_NULL_in_both_directions()
    {
        await using var connection = await Source.OpenConnectionAsync(Token);
        await using var command = connection.CreateCommand(Echo, [null, null, null, null]);
        await using var reader = await command.ExecuteReaderAsync(Token);

        Assert.True(await reader.ReadAsync(Token));
        Assert.All(Enumerable.Range(0, 4), column => Assert.True(reader.IsDBNull(column)));
        Assert.Null(reader.GetNullable<string>(0));
        Assert.Null(reader.GetNullable<short>(1));
    }

    [Fact]
    public void A_wrong_number_of_values_is_refused_before_anything_is_sent()
    {
        var refused = Assert.Throws<ArgumentException>(() => Source.CreateCommand(Echo, ["one"]));

        Assert.StartsWith("1 values were given for 4 parameters: SELECT $1", refused.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Source.CreateCommand(Nothing, [1]));
    }

    [Fact]
    public async Task A_missing_value_is_null_or_an_error_as_the_caller_asks()
    {
        await using var numbers = Source.CreateCommand(Numbers, [3]);
        await using var nothing = Source.CreateCommand(Nothing);
        await using var isNull = Source.CreateCommand(Null);

        Assert.Equal(1, await numbers.ScalarAsync<int>(Token));
        Assert.Equal([1, 2, 3], await numbers.ReadAllAsync(reader => reader.GetInt32(0), Token));
        Assert.Equal("1", await numbers.ReadFirstAsync(reader => $"{reader.GetInt32(0)}", Token));
        Assert.Null(await nothing.ReadFirstAsync(reader => $"{reader.GetInt32(0)}", Token));
        Assert.Null(await nothing.ScalarAsync<int?>(Token));
        Assert.Null(await isNull.ScalarAsync<int?>(Token));
        await Assert.ThrowsAsync<InvalidOperationException>(() => nothing.ScalarAsync<int>(Token));
        await Assert.ThrowsAsync<InvalidOperationException>(() => isNull.ScalarAsync<int>(Token));
        await Assert.ThrowsAsync<InvalidOperationException>(() => numbers.ScalarAsync<long>(Token)); // an integer is no bigint
    }

    [Fact]
    public async Task A_batch_and_a_time_limit_take_statements_too()
    {
        await using var connection = await Source.OpenConnectionAsync(Token);
        await using var batch = new NpgsqlBatch(connection);
        batch.Add(Numbers, [2]);
        batch.Add(Null);
        await using var slow = Source.CreateCommand(new SqlStatement("SELECT pg_sleep(30)")).Within(1);

        Assert.Equal(1, await batch.ExecuteScalarAsync(Token));
        Assert.IsType<TimeoutException>((await Assert.ThrowsAsync<NpgsqlException>(() => slow.ExecuteNonQueryAsync(Token))).InnerException);
    }

    [Fact]
    public async Task An_import_writes_nulls()
    {
        await using var connection = await Source.OpenConnectionAsync(Token);
        await using (var create = connection.CreateCommand(new SqlStatement("CREATE TEMPORARY TABLE imported (name text, minutes smallint)")))
        {
            await create.ExecuteNonQueryAsync(Token);
        }

        await using (var copy = await connection.BeginImportAsync(new SqlStatement("COPY imported FROM STDIN (FORMAT binary)"), Token))
        {
            await copy.StartRowAsync(Token);
            await copy.WriteNullableAsync("x", NpgsqlDbType.Text, Token);
            await copy.WriteNullableAsync((short?)90, NpgsqlDbType.Smallint, Token);
            await copy.StartRowAsync(Token);
            await copy.WriteNullableAsync((string?)null, NpgsqlDbType.Text, Token);
            await copy.WriteNullableAsync((short?)null, NpgsqlDbType.Smallint, Token);
            await copy.CompleteAsync(Token);
        }

        await using var command = connection.CreateCommand(new SqlStatement("SELECT name, minutes FROM imported"));
        Assert.Equal(
            [("x", 90), (null, null)],
            await command.ReadAllAsync(reader => (reader.GetNullable<string>(0), reader.GetNullable<short>(1)), Token));
    }
}
