using System.CommandLine;
using System.Runtime.Versioning;
using MovieSir.AppHost.Local;

[assembly: SupportedOSPlatform("linux")] // elsewhere: Aspire with a container engine

// Starts what AppHost.cs models, without Aspire's packages: the same processes, ports and environment variables.
// It ends by itself when the services have stopped, not System.CommandLine's two seconds after the signal.
return await LocalCommand.Create().Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
