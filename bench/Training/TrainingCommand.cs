using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using MovieSir.Inference.Models;
using MovieSir.Inference.Offline.Datasets;
using MovieSir.Inference.Offline.Import;
using MovieSir.Inference.Offline.Learn;

namespace MovieSir.Bench.Training;

/// <summary>Measures iALS training in this process: seconds an epoch by the clock and by the processor, and memory.</summary>
internal static class TrainingCommand
{
    private static readonly Option<string[]> Folders = new("--folder")
    {
        Description = "MovieLens folders to train on instead of made-up ratings.",
        DefaultValueFactory = _ => [],
        AllowMultipleArgumentsPerToken = true,
    };

    private static readonly Option<int> Positives = new("--positives")
    {
        Description = "Positives to make up; MovieLens 20M has about 10 million.",
        DefaultValueFactory = _ => 10_000_000,
    };
    private static readonly Option<int> Users = new("--users") { Description = "Users.", DefaultValueFactory = _ => 138_000 };
    private static readonly Option<int> Movies = new("--movies") { Description = "Movies.", DefaultValueFactory = _ => 27_000 };
    private static readonly Option<int[]> Dimensions = new("--dimension")
    {
        Description = "Latent factors; may be repeated.",
        DefaultValueFactory = _ => [64, 128],
    };
    private static readonly Option<int> Epochs = new("--epochs")
    {
        Description = "Epochs; the first warms up and is not counted.",
        DefaultValueFactory = _ => 4,
    };
    private static readonly Option<int> Threads = new("--threads")
    {
        Description = "Threads.",
        DefaultValueFactory = _ => Environment.ProcessorCount,
    };

    public static Command Create()
    {
        var command = new Command("training", "Time an epoch of iALS on made-up ratings of MovieLens' shape, or on MovieLens folders.")
        {
            Folders, Positives, Users, Movies, Dimensions, Epochs, Threads,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var ratings = parsed.GetValue(Folders) is { Length: > 0 } folders
            ? await ReadAsync(folders, ImportConsole.For(parsed.InvocationConfiguration), cancellationToken)
            : SyntheticRatings.Create(parsed.GetValue(Users), parsed.GetValue(Movies), parsed.GetValue(Positives), seed: 1);
        var positives = PositiveMatrix.From(ratings, 4f);
        var threads = parsed.GetValue(Threads);
        Console.WriteLine("| positives | users | movies | d | threads | s/epoch | processor s/epoch | positives per processor s | peak memory MB |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|");
        foreach (var dimension in parsed.GetValue(Dimensions)!)
        {
            var clock = new EpochClock();
            new IalsTrainer(new IalsParameters { Dimension = dimension, Epochs = parsed.GetValue(Epochs) }, threads)
                .Train(positives, clock, cancellationToken);
            var (wall, processor) = clock.MedianAfterFirst();
            using var process = Process.GetCurrentProcess();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {positives.Count:N0} | {positives.ByUser.RowCount:N0} | {positives.ByItem.RowCount:N0} | {dimension} | {threads} | {wall:F3} "
                + $"| {processor:F3} | {positives.Count / processor:N0} | {process.PeakWorkingSet64 >> 20:N0} |"));
        }

        return 0;
    }

    private static async Task<RatingSet> ReadAsync(string[] folders, ImportConsole console, CancellationToken cancellationToken)
    {
        var builder = new RatingSetBuilder();
        for (var folder = 0; folder < folders.Length; folder++)
        {
            await new MovieLensFolderReader(folders[folder], console).AddRatingsAsync(builder, folder, cancellationToken);
        }

        return builder.Build();
    }

    /// <summary>Called by the trainer after each epoch.</summary>
    private sealed class EpochClock : IProgress<IalsEpoch>
    {
        private readonly List<(double Wall, double Processor)> _epochs = [];
        private TimeSpan _last = Environment.CpuUsage.TotalTime;

        public void Report(IalsEpoch value)
        {
            var now = Environment.CpuUsage.TotalTime;
            _epochs.Add((value.Elapsed.TotalSeconds, (now - _last).TotalSeconds));
            _last = now;
        }

        public (double Wall, double Processor) MedianAfterFirst()
        {
            var counted = _epochs.Skip(Math.Min(1, _epochs.Count - 1)).ToArray();
            return (Median(counted.Select(epoch => epoch.Wall)), Median(counted.Select(epoch => epoch.Processor)));
        }

        private static double Median(IEnumerable<double> values) => values.Order().ElementAt((values.Count() - 1) / 2);
    }
}
