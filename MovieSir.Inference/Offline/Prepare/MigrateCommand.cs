using System.CommandLine;
using Microsoft.Extensions.Options;
using MovieSir.Data;
using MovieSir.Inference.Commands;
using Npgsql;

namespace MovieSir.Inference.Offline.Prepare;

/// <summary>
/// <c>migrate</c>: brings the database's schema and the services' roles up to date. Exit codes: 0 when it is, 1 when that cannot be done.
/// </summary>
internal static class MigrateCommand
{
    public static Command Create()
    {
        var command = new Command("migrate", "Bring the database's schema up to date, and the services' roles with it.");
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed.InvocationConfiguration, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(InvocationConfiguration console, CancellationToken cancellationToken)
    {
        try
        {
            var builder = CommandHost.CreateBuilder();
            builder.Services.AddDatabaseRoles();
            using var host = builder.Build();
            await host.StartAsync(cancellationToken);
            var applied = await host.Services.GetRequiredService<DatabaseMigrator>().MigrateAsync(cancellationToken);
            var roles = await host.Services.GetRequiredService<RolesStep>().RunAsync(cancellationToken);
            await host.StopAsync(CancellationToken.None);
            await console.Output.WriteLineAsync(applied.Count == 0 ? "The schema is up to date." : $"Applied: {string.Join(", ", applied)}");
            await console.Output.WriteLineAsync($"Roles: {roles}.");
            return ExitCodes.Done;
        }
        catch (Exception exception) when (exception is OptionsValidationException or NpgsqlException)
        {
            await console.Error.WriteLineAsync(exception.Message);
            return ExitCodes.Failed;
        }
    }
}
