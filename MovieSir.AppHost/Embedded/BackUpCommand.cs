using MovieSir.AppHost.Run;

namespace MovieSir.AppHost.Embedded;

#pragma warning disable ASPIREPROCESSCOMMAND001 // commands that run a process are experimental

internal static class BackUpCommand
{
    /// <summary>Backs up as on a server, by <c>deploy/ops/backup-database</c>, into <c>.moviesir/backups</c>.</summary>
    public static IResourceBuilder<EmbeddedServerResource> WithBackUpCommand(
        this IResourceBuilder<EmbeddedServerResource> postgres,
        int port,
        IResourceBuilder<ParameterResource> password) => postgres.WithProcessCommand(
        "back-up",
        "Back up",
        async context => new ProcessCommandSpec(Path.Combine(postgres.ApplicationBuilder.AppHostDirectory, "..", "deploy", "ops", "backup-database"))
        {
            EnvironmentVariables =
            {
                ["MOVIESIR_HOME"] = postgres.ApplicationBuilder.MovieSirHome(),
                ["MOVIESIR_POSTGRES_EXEC"] = $"{postgres.Resource.Command} client",
                ["MOVIESIR_BACKUP_DIRECTORY"] = Path.Combine(postgres.ApplicationBuilder.MovieSirHome(), "backups"),
                ["PGHOST"] = "127.0.0.1",
                ["PGPORT"] = $"{port}",
                ["PGUSER"] = "postgres",
                ["PGPASSWORD"] = await password.Resource.GetValueAsync(context.CancellationToken) ?? "",
            },
        },
        new ProcessCommandOptions
        {
            Description = "Dumps the database into .moviesir/backups, where deploy/ops/restore-database finds it.",
            IconName = "Save",
        });
}
