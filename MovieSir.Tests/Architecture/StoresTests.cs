using System.Text.RegularExpressions;
using Mono.Cecil;
using MovieSir.Api.Companies.Keys;
using MovieSir.Data.Sql;
using MovieSir.Inference.Catalog;

namespace MovieSir.Tests.Architecture;

/// <summary>
/// SQL stands in classes named <c>…Store</c>, in static fields that <see cref="Data.SqlStatementsTests"/> finds. This reads the compiled projects.
/// </summary>
public sealed partial class StoresTests
{
    private static readonly string[] Projects =
    [
        typeof(SqlStatement).Assembly.Location, typeof(CatalogSnapshot).Assembly.Location, typeof(ApiKeyStore).Assembly.Location,
        typeof(MovieSir.ServiceDefaults.ServiceDefaultsExtensions).Assembly.Location,
    ];

    // EF Core's own script, which this only runs.
    private const string Migrator = "MovieSir.Data.DatabaseMigrator uses RelationalDatabaseFacadeExtensions.ExecuteSqlRawAsync";

    [Fact]
    public void Only_stores_make_commands_and_hold_SQL()
    {
        var found = Methods(type => !IsStore(type)).SelectMany(method => UsesOf(method).Concat(TextsOf(method)))
            .Concat(Types(type => !IsStore(type)).SelectMany(type => type.Fields).Where(field => IsSql(field.Constant))
                .Select(field => $"{field.DeclaringType.FullName} holds the SQL of {field.Name}"))
            .Distinct()
            .ToList();

        Assert.True(found is [Migrator], string.Join('\n', found));
    }

    [Fact]
    public void Stores_make_commands_of_statements_alone()
    {
        var found = Methods(IsStoreOfRoom).SelectMany(UsesOf).Where(use => !use.Contains(" uses Sql", StringComparison.Ordinal)).Distinct().ToList();

        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    [Fact]
    public void Every_statement_is_a_static_field_or_made_by_a_static_method()
    {
        var elsewhere = Methods(IsStore).Where(method => !(method.IsConstructor && method.IsStatic) && !IsFactory(method))
            .Where(method => CallsOf(method).Any(called => called.DeclaringType.FullName == typeof(SqlStatement).FullName && called.Name == ".ctor"))
            .Select(method => method.FullName);

        Assert.Empty(elsewhere);
    }

    [Theory]
    [InlineData("SELECT 1")]
    [InlineData("\n    WITH found AS (SELECT 1) SELECT * FROM found")]
    [InlineData("COPY catalog.ratings FROM STDIN")]
    [InlineData("LISTEN catalog_changed")]
    [InlineData("DO $$ BEGIN END $$")]
    public void SQL_is_recognized(string text) => Assert.True(IsSql(text));

    [Theory]
    [InlineData("DELETE")]
    [InlineData("Select one of them.")]
    [InlineData("catalog.train")]
    public void Other_text_is_not_taken_for_SQL(string text) => Assert.False(IsSql(text));

    // Beside the stores: what they are made of, and what runs once.
    private static bool IsStore(TypeDefinition type) =>
        IsStoreOfRoom(type) || Outermost(type).Namespace is "MovieSir.Data.Sql" or "MovieSir.Data.Migrations";

    private static bool IsStoreOfRoom(TypeDefinition type) => Outermost(type).Name.EndsWith("Store", StringComparison.Ordinal);

    // An async method's body is that of a nested class.
    private static TypeDefinition Outermost(TypeDefinition type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    private static bool IsFactory(MethodDefinition method) => method.IsStatic && method.ReturnType.FullName == typeof(SqlStatement).FullName;

    private static bool IsSql(object? text) => text is string sql && SqlPattern.IsMatch(sql);

    private static IEnumerable<string> UsesOf(MethodDefinition method) => CallsOf(method).Where(MakesOrRunsSql)
        .Select(called => $"{NameOf(method)} uses {called.DeclaringType.Name}.{called.Name}");

    private static IEnumerable<string> TextsOf(MethodDefinition method) => method.Body.Instructions.Where(instruction => IsSql(instruction.Operand))
        .Select(instruction => $"{NameOf(method)} holds the SQL {instruction.Operand}");

    private static bool MakesOrRunsSql(MethodReference called) => called.DeclaringType.FullName switch
    {
        "Npgsql.NpgsqlCommand" or "Npgsql.NpgsqlBatchCommand" => called.Name == ".ctor",
        "Npgsql.NpgsqlDataSource" or "System.Data.Common.DbDataSource" => StartsAny(called.Name, "CreateCommand", "CreateBatch"),
        "Npgsql.NpgsqlConnection" or "System.Data.Common.DbConnection" => StartsAny(called.Name, "CreateCommand", "CreateBatch")
            || (called.Name.StartsWith("Begin", StringComparison.Ordinal) && !StartsAny(called.Name, "BeginTransaction")),
        "Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions" => StartsAny(called.Name, "ExecuteSql", "SqlQuery"),
        "Microsoft.EntityFrameworkCore.RelationalQueryableExtensions" => StartsAny(called.Name, "FromSql"),
        var name => name is "MovieSir.Data.Sql.SqlCommands" or "MovieSir.Data.Sql.SqlImports" or "MovieSir.Data.Sql.SqlStatement",
    };

    private static bool StartsAny(string name, params string[] starts) => starts.Any(start => name.StartsWith(start, StringComparison.Ordinal));

    private static IEnumerable<MethodReference> CallsOf(MethodDefinition method) =>
        method.Body.Instructions.Select(instruction => instruction.Operand).OfType<MethodReference>();

    private static string NameOf(MethodDefinition method) => Outermost(method.DeclaringType).FullName;

    private static IEnumerable<MethodDefinition> Methods(Func<TypeDefinition, bool> where) =>
        Types(where).SelectMany(type => type.Methods).Where(method => method.HasBody);

    private static IEnumerable<TypeDefinition> Types(Func<TypeDefinition, bool> where) =>
        Projects.SelectMany(project => ModuleDefinition.ReadModule(project).GetTypes()).Where(where);

    [GeneratedRegex(
        @"^\s*(SELECT|WITH|INSERT|UPDATE|DELETE|MERGE|COPY|CREATE|ALTER|DROP|TRUNCATE|LISTEN|NOTIFY|LOCK|ANALYZE|VACUUM|GRANT|REVOKE|SET|DO)\s+\S",
        RegexOptions.CultureInvariant)]
    private static partial Regex SqlPattern { get; }
}
