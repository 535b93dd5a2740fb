using System.Reflection;
using MovieSir.Api.Companies.Keys;
using MovieSir.Data.Sql;
using MovieSir.Inference.Catalog;
using MovieSir.Tests.Infrastructure;
using Npgsql;

namespace MovieSir.Tests.Data;

/// <summary>One database for all tests of a class, which leave it as it is.</summary>
public sealed class MigratedDatabase(TestServers servers) : IAsyncLifetime
{
    private TestDatabase _database = null!;

    public NpgsqlDataSource DataSource => _database.DataSource;

    public async ValueTask InitializeAsync() => _database = await servers.CreateDatabaseAsync();

    public ValueTask DisposeAsync() => _database.DisposeAsync();
}

/// <summary>PostgreSQL takes every SQL statement of the three projects against the migrated schema, with the parameter types that are sent.</summary>
public sealed class SqlStatementsTests(MigratedDatabase database) : IClassFixture<MigratedDatabase>
{
    private const BindingFlags Static = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private static readonly Assembly[] Projects = [typeof(SqlStatement).Assembly, typeof(CatalogSnapshot).Assembly, typeof(ApiKeyStore).Assembly];

    // Where a statement's text depends on something, a method makes it. These are the arguments it is tried with.
    private static readonly Dictionary<string, object[][]> Samples = new()
    {
        ["DatabaseRoleStore.CreateRole"] = [["moviesir_api"]],
        ["DatabaseRoleStore.SetPassword"] = [["postgres", "secret"]],
        ["EmbeddingStore.CreateIndex"] = [[(short)1, 384], [(short)2, 3072]],
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Names => [.. Statements().Keys.Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task PostgreSQL_takes_the_statement(string name)
    {
        await using var connection = await database.DataSource.OpenConnectionAsync(Token);
        await using var transaction = await connection.BeginTransactionAsync(Token); // never committed
        var run = new HashSet<SqlStatement>();
        await TryAsync(connection, Statements()[name], run);
    }

    // What the test above rests on: were preparing no check, no statement would fail it.
    [Theory]
    [InlineData("SELECT no_such_id FROM catalog.movies")]
    [InlineData("SELECT title FROM catalog.movies WHERE movie_id = $1", "text")]
    [InlineData("COPY catalog.ratings (source_id, no_such_id) FROM STDIN (FORMAT binary)")]
    [InlineData("CREATE INDEX ON catalog.no_such_table (movie_id)")]
    public async Task PostgreSQL_refuses_a_statement_that_the_schema_does_not_hold(string text, params string[] parameterTypes)
    {
        await using var connection = await database.DataSource.OpenConnectionAsync(Token);
        await using var transaction = await connection.BeginTransactionAsync(Token);

        await Assert.ThrowsAsync<PostgresException>(() => TryAsync(connection, new SqlStatement(text, parameterTypes), []));
    }

    /// <summary>Queries are prepared, which runs nothing; PostgreSQL looks at other statements only when it runs them.</summary>
    private static async Task TryAsync(NpgsqlConnection connection, SqlStatement statement, HashSet<SqlStatement> run)
    {
        foreach (var required in statement.Requires.Where(run.Add))
        {
            await TryAsync(connection, required, run);
        }

        switch (statement.Text.Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries)[0])
        {
            case "SELECT" or "WITH" or "INSERT" or "UPDATE" or "DELETE":
                await using (var query = connection.CreateCommand(statement, new object?[statement.ParameterTypes.Count]))
                {
                    await query.PrepareAsync(Token);
                }

                break;
            case "COPY":
                await using (await connection.BeginImportAsync(statement, Token))
                {
                    // Disposing of it gives the copy up.
                }

                break;
            default:
                await using (var command = connection.CreateCommand(statement))
                {
                    await command.ExecuteNonQueryAsync(Token);
                }

                break;
        }
    }

    private static Dictionary<string, SqlStatement> Statements()
    {
        var types = Projects.SelectMany(project => project.GetTypes()).ToList();
        var fields = types.SelectMany(type => type.GetFields(Static)).Where(field => field.FieldType == typeof(SqlStatement))
            .Select(field => (Name: NameOf(field), Statement: (SqlStatement)field.GetValue(null)!));
        var methods = types.SelectMany(type => type.GetMethods(Static)).Where(method => method.ReturnType == typeof(SqlStatement))
            .SelectMany(method => Samples[NameOf(method)].Select(arguments =>
                (Name: $"{NameOf(method)}({string.Join(", ", arguments)})", Statement: (SqlStatement)method.Invoke(null, arguments)!)));
        return fields.Concat(methods).ToDictionary(pair => pair.Name, pair => pair.Statement);
    }

    private static string NameOf(MemberInfo member) => $"{member.DeclaringType!.Name}.{member.Name}";
}
