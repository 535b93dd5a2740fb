using System.CommandLine;
using MovieSir.Bench.Load;
using MovieSir.Bench.Scale;
using MovieSir.Bench.Training;

return await new RootCommand("Where MovieSir's performance figures come from.")
{
    LoadCommand.Create(), ScaleCommand.Create(), TrainingCommand.Create(),
}.Parse(args).InvokeAsync();
