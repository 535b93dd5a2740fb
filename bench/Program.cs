using MovieSir.Bench.Load;
using MovieSir.Bench.Training;

var command = LoadCommand.Create();
command.Add(TrainingCommand.Create());
return await command.Parse(args).InvokeAsync();
