using System.CommandLine;
using MovieSir.Api.Companies.Keys;

namespace MovieSir.Api.Hosting;

internal static class CommandTree
{
    public static RootCommand Create() => new("MovieSir's HTTP API for partners, and the commands that look after its keys.")
    {
        ServeCommand.Create(),
        KeyCommands.Create(TimeProvider.System),
    };
}
