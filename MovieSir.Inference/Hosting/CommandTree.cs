using System.CommandLine;
using MovieSir.Inference.Offline.Embed;
using MovieSir.Inference.Offline.Evaluate;
using MovieSir.Inference.Offline.Import.Planning;
using MovieSir.Inference.Offline.Prepare;
using MovieSir.Inference.Offline.Sample;
using MovieSir.Inference.Offline.Train;

namespace MovieSir.Inference.Hosting;

internal static class CommandTree
{
    public static RootCommand Create() => new("MovieSir's recommendation engine: serves recommendations, and prepares what they are made from.")
    {
        ServeCommand.Create(),
        CatalogCommand.Create(),
        MigrateCommand.Create(),
        ImportCommand.Create(),
        EmbedCommand.Create(),
        TrainCommand.Create(),
        ModelsCommand.Create(),
        EvaluateCommand.Create(),
        SimulateCommand.Create(),
    };
}
