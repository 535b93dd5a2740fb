using Microsoft.Extensions.Logging.Console;
using MovieSir.Data;
using MovieSir.ServiceDefaults;

namespace MovieSir.Inference.Commands;

internal static class CommandHost
{
    /// <summary>PostgreSQL under the name <c>moviesir</c>, with the database context over it.</summary>
    /// <remarks>A host without the connection string does not start; otherwise the first query would find out.</remarks>
    public static void AddDatabase(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<DatabaseOptions>()
            .Configure<IConfiguration>((options, configuration) => options.ConnectionString = configuration.GetConnectionString("moviesir"))
            .Validate(
                options => !string.IsNullOrWhiteSpace(options.ConnectionString),
                "No connection string 'moviesir'. Set the environment variable ConnectionStrings__moviesir, or start everything with ./moviesir up.")
            .ValidateOnStart();
        builder.AddPostgres("moviesir", source => source.UseMovieSirTypes());
        builder.Services.AddMovieSirData();
    }

    /// <summary>
    /// A host for one offline command: telemetry, configuration and the database, and no web server. On the console stands what the command says
    /// itself, beside warnings.
    /// </summary>
    /// <param name="withDatabase">False where the command reads no database this time.</param>
    public static HostApplicationBuilder CreateBuilder(bool withDatabase = true)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.AddServiceDefaults();
        if (withDatabase)
        {
            builder.AddDatabase();
        }

        builder.Logging.AddFilter<ConsoleLoggerProvider>(level => level >= LogLevel.Warning);
        // Which encoder is used, and on what: loading it takes a second or more.
        builder.Logging.AddFilter<ConsoleLoggerProvider>("MovieSir.Inference.Encoding", LogLevel.Information);
        // Why a host cannot start reaches the command as an exception; the person need not read it twice, with a stack.
        builder.Logging.AddFilter<ConsoleLoggerProvider>("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        return builder;
    }
}
