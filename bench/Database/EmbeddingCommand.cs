using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using MovieSir.Inference.Encoding;
using MovieSir.Inference.Offline.Embed;

namespace MovieSir.Bench.Database;

/// <summary>Texts a second of the encoder, against its model run alone on the same batches of tokens.</summary>
internal static class EmbeddingCommand
{
    private const int TextsPerCall = 512;
    private static readonly Option<int> Texts = new("--texts") { Description = "Movies whose texts are encoded.", DefaultValueFactory = _ => 2048 };
    private static readonly Option<int> Rounds = new("--rounds")
    {
        Description = "Rounds of both, in turn; medians are reported.",
        DefaultValueFactory = _ => 5,
    };

    public static Command Create()
    {
        var command = new Command("embedding",
            "Texts a second of the sentence encoder against its model alone, over ConnectionStrings__moviesir.") { Texts, Rounds };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        using var host = BenchHost.Create();
        await host.StartAsync(cancellationToken);
        var encoder = host.Services.GetRequiredService<SentenceEncoder>();
        var model = await encoder.LoadAsync(cancellationToken);
        var calls = await ReadAsync(host.Services.GetRequiredService<EmbeddingStore>(), encoder, model, parsed.GetValue(Texts), cancellationToken);
        var maximum = host.Services.GetRequiredService<IOptions<EncoderOptions>>().Value.MaxBatchTokens;
        int[][][] batches =
        [
            .. calls.SelectMany(call =>
            {
                var tokens = Array.ConvertAll(call, text => model.Tokenize(text, EncodingRole.Passage));
                return SentenceEncoder.Batches(tokens, maximum).Select(batch => Array.ConvertAll(batch, text => tokens[text]!));
            }),
        ];
        var (whole, alone) = (new List<double>(), new List<double>());
        // One round that is not counted.
        for (var round = 0; round <= parsed.GetValue(Rounds); round++)
        {
            var start = Stopwatch.GetTimestamp();
            foreach (var call in calls)
            {
                await encoder.EncodeAsync(call, EncodingRole.Passage, cancellationToken);
            }

            whole.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
            start = Stopwatch.GetTimestamp();
            foreach (var batch in batches)
            {
                model.Run(batch);
            }

            alone.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        var texts = calls.Sum(call => call.Length);
        var (ours, floor) = (Median(whole.Skip(1)), Median(alone.Skip(1)));
        Console.WriteLine("| encoder | texts | tokens | texts/s | texts/s of the model alone | of the floor |");
        Console.WriteLine("|---|---|---|---|---|---|");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {encoder.Name} | {texts:N0} | {batches.Sum(batch => batch.Sum(ids => ids.Length)):N0} | {texts / ours:F0} | "
            + $"{texts / floor:F0} | {floor / ours:P0} |"));
        await host.StopAsync(cancellationToken);
        return 0;
    }

    /// <summary>Texts of movies, as <c>embed</c> writes them, that the encoder has tokens for; in calls as it sends them.</summary>
    private static async Task<string[][]> ReadAsync(
        EmbeddingStore store, SentenceEncoder encoder, ISentenceModel model, int count, CancellationToken cancellationToken)
    {
        var texts = new List<string>();
        var encoderId = await store.EnsureEncoderAsync(encoder.Name, model.Dimension, cancellationToken);
        for (var after = int.MinValue; texts.Count < count;)
        {
            var movies = await store.ReadMoviesAsync(encoderId, after, TextsPerCall, cancellationToken);
            if (movies.Count == 0)
            {
                break;
            }

            after = movies[^1].Facts.MovieId;
            texts.AddRange(movies.Select(movie => MovieText.Compose(movie.Facts, encoder.IsMultilingual))
                .Where(text => model.Tokenize(text, EncodingRole.Passage) is not null));
        }

        return [.. texts.Take(count).Chunk(TextsPerCall)];
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }
}
