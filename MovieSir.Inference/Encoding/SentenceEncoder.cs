using System.Diagnostics;
using System.Numerics.Tensors;
using Microsoft.Extensions.Options;
using MovieSir.Inference.Telemetry;

namespace MovieSir.Inference.Encoding;

/// <summary>
/// The process's encoder: loads the configured model when first needed, groups texts of similar length into bounded batches, and runs one
/// batch at a time on all cores. Calls take turns by batch, so that a query waits for a batch of a long call, not for the whole of it.
/// </summary>
internal sealed class SentenceEncoder(
    EncoderModelLoader loader, IOptions<EncoderOptions> options, TimeProvider time, ILogger<SentenceEncoder> logger) : ISentenceEncoder, IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _lock = new();
    private Task<ISentenceModel>? _loading;
    private long _loadingSince;
    private bool _disposed;

    public string Name => loader.Name;

    public bool IsEnabled => options.Value.Enabled;

    public bool IsMultilingual => loader.IsMultilingual;

    public string Recipe => loader.Recipe;

    /// <summary>Waits until the model is loaded. One load runs at a time, and a failed one is tried again after a while.</summary>
    public Task<ISentenceModel> LoadAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var mayRetry = _loading is { IsFaulted: true } && time.GetElapsedTime(_loadingSince).TotalSeconds >= options.Value.RetrySeconds;
            if (_loading is null || mayRetry)
            {
                _loadingSince = time.GetTimestamp();
                // On a thread of the pool: reading and optimizing a model takes seconds.
                _loading = Task.Run(loader.Load, _stopping.Token);
            }

            return _loading.WaitAsync(cancellationToken);
        }
    }

    public async Task<int> DimensionAsync(CancellationToken cancellationToken) => (await LoadAsync(cancellationToken)).Dimension;

    public async Task<IReadOnlyList<float[]?>> EncodeAsync(IReadOnlyList<string> texts, EncodingRole role, CancellationToken cancellationToken)
    {
        using var activity = InferenceTelemetry.Source.StartActivity("encode");
        activity?.SetTag("moviesir.encoder.name", Name).SetTag("moviesir.encoder.texts", texts.Count);
        var started = time.GetTimestamp();

        var model = await LoadAsync(cancellationToken);
        var vectors = new float[]?[texts.Count];
        var tokens = new int[]?[texts.Count];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken };
        Parallel.For(0, texts.Count, parallel, i => tokens[i] = model.Tokenize(texts[i], role));

        foreach (var batch in Batches(tokens, options.Value.MaxBatchTokens))
        {
            await _turn.WaitAsync(cancellationToken);
            try
            {
                var rows = model.Run([.. batch.Select(text => tokens[text]!)]);
                for (var row = 0; row < rows.Length; row++)
                {
                    vectors[batch[row]] = Checked(rows[row], texts[batch[row]]);
                }
            }
            finally
            {
                _turn.Release();
            }
        }

        var encoded = vectors.Count(vector => vector is not null);
        EncoderTelemetry.Duration.Record(time.GetElapsedTime(started).TotalSeconds, new TagList { { "encoder", Name }, { "role", role.ToString() } });
        EncoderTelemetry.Texts.Add(encoded, new TagList { { "encoder", Name }, { "embedded", true } });
        EncoderTelemetry.Texts.Add(texts.Count - encoded, new TagList { { "encoder", Name }, { "embedded", false } });
        return vectors;
    }

    public void Dispose()
    {
        // The container knows this object by two types, and disposes it for each.
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        _stopping.Cancel();
        if (_loading is { IsCompletedSuccessfully: true } loaded)
        {
            loaded.Result.Dispose();
        }

        _stopping.Dispose();
        _turn.Dispose();
    }

    /// <summary>Places of the texts that have tokens, longest first, cut so that no batch exceeds its bound with padding counted.</summary>
    internal static List<int[]> Batches(int[]?[] tokens, int maxBatchTokens)
    {
        int[] places = [.. Enumerable.Range(0, tokens.Length).Where(i => tokens[i] is not null).OrderByDescending(i => tokens[i]!.Length)];
        var batches = new List<int[]>();
        for (var start = 0; start < places.Length;)
        {
            var size = Math.Max(1, maxBatchTokens / tokens[places[start]]!.Length);
            var end = Math.Min(places.Length, start + size);
            batches.Add(places[start..end]);
            start = end;
        }

        return batches;
    }

    private float[]? Checked(float[] vector, string text)
    {
        var norm = TensorPrimitives.Norm<float>(vector);
        if (!float.IsFinite(norm) || norm == 0)
        {
            logger.LogWarning("The encoder {Encoder} gave no finite vector for a text of {Length} characters; it stays without an embedding",
                Name, text.Length);
            return null;
        }

        if (options.Value.Normalize)
        {
            TensorPrimitives.Divide(vector, norm, vector);
        }

        return vector;
    }
}
