using MovieSir.Data;
using MovieSir.Data.Sql;
using MovieSir.ServiceDefaults;
using Npgsql;

namespace MovieSir.Api.Companies.Keys;

/// <summary>A command cannot be done, for a reason that its user can do something about.</summary>
internal sealed class KeyCommandException(string message) : Exception(message);

internal static class KeyCommandHost
{
    /// <summary>Runs a command on keys.</summary>
    public static Task<int> RunAsync(Func<ApiKeyManager, Task> run, CancellationToken cancellationToken) => RunAsync(
        services => services.AddSingleton<ApiKeyManager>(), services => run(services.GetRequiredService<ApiKeyManager>()), cancellationToken);

    /// <summary>Runs a command over the database.</summary>
    /// <param name="add">Adds what it needs besides.</param>
    /// <param name="run">The command.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(
        Action<IServiceCollection> add, Func<IServiceProvider, Task> run, CancellationToken cancellationToken)
    {
        var builder = Host.CreateApplicationBuilder();
        // What goes wrong is explained below, in a line; the libraries' own account of it would hide that.
        builder.Logging.ClearProviders();
        if (string.IsNullOrWhiteSpace(builder.Configuration.GetConnectionString("moviesir")))
        {
            await System.Console.Error.WriteLineAsync(
                "No connection string 'moviesir'. Set the environment variable ConnectionStrings__moviesir, or start everything with ./moviesir up.");
            return 1;
        }

        builder.AddPostgres("moviesir", source => source.UseMovieSirTypes());
        builder.Services.AddMovieSirData();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<ApiKeyStore>();
        add(builder.Services);
        using var host = builder.Build();
        try
        {
            await run(host.Services).WaitAsync(cancellationToken);
            return 0;
        }
        catch (Exception exception) when (Explain(exception) is { } reason)
        {
            await System.Console.Error.WriteLineAsync(reason);
            return 1;
        }
    }

    private static string? Explain(Exception exception) => exception switch
    {
        KeyCommandException => exception.Message,
        NpgsqlException database => DatabaseFailure.Explain(database),
        // EF Core wraps what went wrong; without an inner exception it is the connection string that is missing or wrong.
        InvalidOperationException when exception.InnerException is { } inner => Explain(inner),
        InvalidOperationException or ArgumentException => exception.Message,
        _ => null,
    };
}
