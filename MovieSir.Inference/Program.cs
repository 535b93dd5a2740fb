using System.CommandLine;
using MovieSir.Inference.Hosting;

// `serve` is the service; every other command is an offline step that feeds it and then ends.
// On a signal a command has half a minute to end what it is at; the default would be two seconds.
return await CommandTree.Create().Parse(args.Length == 0 ? ["serve"] : args)
    .InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(30) });
