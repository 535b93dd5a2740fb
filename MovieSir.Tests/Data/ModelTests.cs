using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.DependencyInjection;
using MovieSir.Data;
using MovieSir.Tests.Infrastructure;

namespace MovieSir.Tests.Data;

/// <summary>The entities, their configurations, the migration and the tables in PostgreSQL say the same.</summary>
public sealed class ModelTests(TestServers servers) : IAsyncLifetime
{
    private TestDatabase _database = null!;
    private ServiceProvider _services = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await servers.CreateDatabaseAsync();
        _services = new ServiceCollection().AddLogging().AddSingleton(_database.DataSource).AddMovieSirData().BuildServiceProvider();
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public void No_change_of_the_model_waits_for_a_migration()
    {
        using var context = CreateContext();

        Assert.False(context.Database.HasPendingModelChanges(), "The entities were changed: `dotnet ef migrations add` writes the migration.");
    }

    [Fact]
    public void Every_entity_has_one_configuration_in_the_folder_of_its_schema()
    {
        using var context = CreateContext();
        var configured = typeof(MovieSirDbContext).Assembly.GetTypes()
            .SelectMany(type => type.GetInterfaces()
                .Where(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IEntityTypeConfiguration<>))
                .Select(face => (Configuration: type, Entity: face.GetGenericArguments()[0])))
            .ToList();
        var entities = context.Model.GetEntityTypes().ToList();

        Assert.Equal(entities.Select(entity => entity.ClrType.Name).Order(), configured.Select(pair => pair.Entity.Name).Order());
        Assert.All(entities, entity => Assert.Equal(
            $"MovieSir.Data.{FolderOf(entity.GetSchema())}.{entity.ClrType.Name}Configuration",
            configured.Single(pair => pair.Entity == entity.ClrType).Configuration.FullName));
        Assert.All(
            entities.Where(entity => entity.ClrType.Assembly == typeof(MovieSirDbContext).Assembly), // one is the framework's
            entity => Assert.Equal($"MovieSir.Data.{FolderOf(entity.GetSchema())}", entity.ClrType.Namespace));
    }

    [Fact]
    public async Task The_tables_have_the_columns_of_the_entities()
    {
        await using var context = CreateContext();
        var expected = context.Model.GetEntityTypes()
            .SelectMany(entity => entity.GetProperties().Select(property => Describe(entity, property)))
            .Order()
            .ToList();
        await using var command = _database.DataSource.CreateCommand("""
            SELECT format('%s.%s.%s %s%s%s', nspname, relname, attname, format_type(atttypid, atttypmod),
                CASE WHEN attnotnull THEN ' NOT NULL' END, CASE WHEN atthasdef THEN ' DEFAULT' END)
            FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid JOIN pg_namespace ON pg_namespace.oid = relnamespace
            WHERE nspname IN ('catalog', 'b2b', 'b2c', 'accounts', 'mail')
                AND relkind IN ('r', 'p') AND NOT relispartition AND attnum > 0 AND NOT attisdropped
            """);
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var found = new List<string>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            found.Add(reader.GetString(0));
        }

        Assert.Equal(expected, found.Order());
    }

    private static string FolderOf(string? schema) => schema switch
    {
        "catalog" => "Catalog",
        "b2b" => "B2b",
        "b2c" => "B2c",
        "accounts" => "Accounts",
        "mail" => "Mail",
        _ => $"(a folder for schema {schema})",
    };

    private static string Describe(IEntityType entity, IProperty property)
    {
        var required = property.IsNullable ? "" : " NOT NULL";
        var byDefault = property.GetDefaultValueSql() is not null || property.TryGetDefaultValue(out _) ? " DEFAULT" : "";
        return $"{entity.GetSchema()}.{entity.GetTableName()}.{property.GetColumnName()} {property.GetColumnType()}{required}{byDefault}";
    }

    private MovieSirDbContext CreateContext() => _services.GetRequiredService<IDbContextFactory<MovieSirDbContext>>().CreateDbContext();
}
