using System.CommandLine;
using MovieSir.Bench.ConsoleLog;
using MovieSir.Bench.Database;
using MovieSir.Bench.Kernels;
using MovieSir.Bench.Load;
using MovieSir.Bench.Pages;
using MovieSir.Bench.Scale;
using MovieSir.Bench.Search;
using MovieSir.Bench.Training;

return await new RootCommand("Where MovieSir's performance figures come from.")
{
    KernelsCommand.Create(), ScaleCommand.Create(), TrainingCommand.Create(),
    LoadCommand.Create(), SteadyCommand.Create(), NeighborsCommand.Create(), EmbeddingCommand.Create(), SearchCommand.Create(),
    PagesCommand.Create(), ConsoleCommand.Create(),
}.Parse(args).InvokeAsync();
