using Microsoft.Extensions.Logging.Console;
using MovieSir.Data;
using MovieSir.ServiceDefaults;

namespace MovieSir.Inference.Hosting;

internal static class CommandHost
{
    /// <summary>PostgreSQL under the name <c>moviesir</c>, with the database context over it.</summary>
    public static void AddDatabase(this IHostApplicationBuilder builder)
    {
        builder.AddPostgres("moviesir", source => source.UseMovieSirTypes());
        builder.Services.AddMovieSirData();
    }

    /// <summary>
    /// A host for one offline command: telemetry, configuration and the database, and no web server. On the console stands what the command says
    /// itself, beside warnings.
    /// </summary>
    public static HostApplicationBuilder CreateBuilder()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.AddServiceDefaults();
        builder.AddDatabase();
        builder.Logging.AddFilter<ConsoleLoggerProvider>(level => level >= LogLevel.Warning);
        return builder;
    }
}
