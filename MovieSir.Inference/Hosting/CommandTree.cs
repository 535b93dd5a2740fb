using System.CommandLine;
using MovieSir.Inference.Embedding;
using MovieSir.Inference.Evaluation;
using MovieSir.Inference.Import;
using MovieSir.Inference.Preparation;
using MovieSir.Inference.Sample;
using MovieSir.Inference.Training;

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
