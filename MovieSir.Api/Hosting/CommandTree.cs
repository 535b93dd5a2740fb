using System.CommandLine;
using MovieSir.Api.Companies.Keys;
using MovieSir.Api.Console.Admin;

namespace MovieSir.Api.Hosting;

internal static class CommandTree
{
    public static RootCommand Create() => new("MovieSir's HTTP API for partners, and the commands that look after its keys and administrators.")
    {
        ServeCommand.Create(),
        KeyCommands.Create(TimeProvider.System),
        AdminCommands.Create(),
    };
}
