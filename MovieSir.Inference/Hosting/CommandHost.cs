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

    /// <summary>A host for one offline command: telemetry, configuration and the database, and no web server.</summary>
    public static HostApplicationBuilder CreateBuilder()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.AddServiceDefaults();
        builder.AddDatabase();
        return builder;
    }

    /// <summary>The same for a command that talks to a person: only warnings are logged to the console, beside what it says itself.</summary>
    public static HostApplicationBuilder CreateQuietBuilder()
    {
        var builder = CreateBuilder();
        builder.Logging.AddFilter<ConsoleLoggerProvider>(level => level >= LogLevel.Warning);
        return builder;
    }
}
