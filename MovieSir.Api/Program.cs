using System.CommandLine;
using MovieSir.Api.Hosting;

// `serve` is the service; `keys` makes, lists and revokes API keys; `admins` makes administrators.
// Signals are the host's: the command line's own handling would end the process two seconds after SIGTERM, whatever is in flight.
return await CommandTree.Create().Parse(args.Length == 0 ? ["serve"] : args)
    .InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
