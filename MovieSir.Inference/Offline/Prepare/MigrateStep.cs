using MovieSir.Data;

namespace MovieSir.Inference.Offline.Prepare;

/// <summary>Brings the schema up to date.</summary>
internal sealed class MigrateStep(DatabaseMigrator migrator) : IPreparationStep
{
    public string Name => "migrate";

    public async Task<string> RunAsync(CancellationToken cancellationToken) =>
        await migrator.MigrateAsync(cancellationToken) is { Count: > 0 } applied
            ? $"applied {string.Join(", ", applied)}"
            : "the schema is up to date";
}
