using MovieSir.Data;
using MovieSir.ServiceDefaults;
using Npgsql;

namespace MovieSir.Api.Keys;

/// <summary>A command cannot be done, for a reason that its user can do something about.</summary>
internal sealed class KeyCommandException(string message) : Exception(message);

internal static class KeyCommandHost
{
    public static async Task<int> RunAsync(Func<ApiKeyManager, Task> run, CancellationToken cancellationToken)
    {
        var builder = Host.CreateApplicationBuilder();
        // Standard output belongs to what the command prints.
        builder.Logging.ClearProviders().AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace).SetMinimumLevel(LogLevel.Warning);
        builder.AddPostgres("moviesir", source => source.UseMovieSirTypes());
        builder.Services.AddMovieSirData();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<ApiKeyManager>();
        using var host = builder.Build();
        try
        {
            await run(host.Services.GetRequiredService<ApiKeyManager>()).WaitAsync(cancellationToken);
            return 0;
        }
        catch (Exception exception) when (Explain(exception) is { } reason)
        {
            await Console.Error.WriteLineAsync(reason);
            return 1;
        }
    }

    private static string? Explain(Exception exception) => exception switch
    {
        KeyCommandException => exception.Message,
        PostgresException { SqlState: PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName } =>
            "The database has no tables yet. The catalogue job makes them: start everything with ./moviesir up, or run `MovieSir.Inference migrate`.",
        PostgresException postgres => $"PostgreSQL refuses: {postgres.MessageText}",
        NpgsqlException => $"PostgreSQL does not answer ({exception.Message}). Is it running, and does ConnectionStrings__moviesir name it?",
        // EF Core and the options of the host wrap what went wrong.
        InvalidOperationException when exception.InnerException is { } inner => Explain(inner),
        InvalidOperationException when exception.Message.StartsWith("No connection string", StringComparison.Ordinal) => exception.Message,
        _ => null,
    };
}
