using System.CommandLine;
using MovieSir.Data;
using MovieSir.Inference.Hosting;

namespace MovieSir.Inference.Preparation;

/// <summary><c>migrate</c>: brings the database's schema up to date.</summary>
internal static class MigrateCommand
{
    public static Command Create()
    {
        var command = new Command("migrate", "Bring the database's schema up to date.");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var host = CommandHost.CreateBuilder().Build();
            await host.StartAsync(cancellationToken);
            var applied = await host.Services.GetRequiredService<DatabaseMigrator>().MigrateAsync(cancellationToken);
            await host.StopAsync(CancellationToken.None);
            await parsed.InvocationConfiguration.Output.WriteLineAsync(
                applied.Count == 0 ? "The schema is up to date." : $"Applied: {string.Join(", ", applied)}");
        });
        return command;
    }
}
