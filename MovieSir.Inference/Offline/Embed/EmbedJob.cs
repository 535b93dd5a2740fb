using System.Numerics.Tensors;
using MovieSir.Inference.Encoding;

namespace MovieSir.Inference.Offline.Embed;

/// <summary>What a run did.</summary>
/// <param name="Unchanged">Movies whose embedding is up to date.</param>
/// <param name="Embedded">Movies that got a vector.</param>
/// <param name="WithoutEmbedding">Movies for whose text the encoder has none; remembered, so that they are not tried again until they change.</param>
/// <param name="Refused">Movies whose vector was of a wrong length or not finite: nothing of it was stored.</param>
/// <param name="IndexCreated">Whether the encoder's index was created.</param>
internal sealed record EmbedResult(long Unchanged, long Embedded, long WithoutEmbedding, IReadOnlyList<int> Refused, bool IndexCreated)
{
    public long Movies => Unchanged + Embedded + WithoutEmbedding + Refused.Count;
}

/// <summary>
/// Brings the embeddings of the configured encoder up to date with the movies. Batches are committed one by one, so that a run that is
/// stopped, however it is stopped, is continued by the next.
/// </summary>
internal sealed class EmbedJob(ISentenceEncoder encoder, EmbeddingStore store, ILogger<EmbedJob> logger)
{
    // A page holds the texts of one encoding call: enough to sort them by length into full batches, a fraction of a megabyte.
    private const int PageSize = 512;

    /// <summary>
    /// Embeds the movies that changed, or all of them where <paramref name="force"/> is set; <paramref name="progress"/> hears of every page.
    /// </summary>
    /// <exception cref="EmbeddingException">The stored embeddings do not fit the encoder.</exception>
    /// <exception cref="EncoderUnavailableException">The encoder cannot be loaded.</exception>
    public async Task<EmbedResult> RunAsync(bool force, IProgress<EmbedStatus> progress, CancellationToken cancellationToken)
    {
        var dimension = await encoder.DimensionAsync(cancellationToken);
        var encoderId = await store.EnsureEncoderAsync(encoder.Name, dimension, cancellationToken);
        await using var turn = await store.LockAsync(encoderId, cancellationToken);
        var total = await store.CountMoviesAsync(cancellationToken);

        long unchanged = 0, embedded = 0, without = 0;
        var refused = new List<int>();
        var writing = Task.CompletedTask;
        try
        {
            for (var after = int.MinValue; ;)
            {
                var page = await store.ReadMoviesAsync(encoderId, after, PageSize, cancellationToken);
                if (page.Count == 0)
                {
                    break;
                }

                after = page[^1].Facts.MovieId;
                var changed = Changed(page, force);
                unchanged += page.Count - changed.Count;
                var vectors = await encoder.EncodeAsync([.. changed.Select(movie => movie.Text)], EncodingRole.Passage, cancellationToken);
                var accepted = new List<NewEmbedding>(changed.Count);
                foreach (var (movie, vector) in changed.Zip(vectors))
                {
                    if (vector is not null && !IsSound(vector, dimension))
                    {
                        refused.Add(movie.MovieId);
                        logger.LogWarning(
                            "The embedding of movie {MovieId} is refused: it has {Length} numbers where {Dimension} finite ones are expected",
                            movie.MovieId, vector.Length, dimension);
                        continue;
                    }

                    accepted.Add(new NewEmbedding(movie.MovieId, movie.Hash, vector));
                    embedded += vector is null ? 0 : 1;
                    without += vector is null ? 1 : 0;
                }

                // While this page is written, the next is encoded. What is encoded is written even where the run is being stopped.
                await writing;
                writing = accepted.Count == 0 ? Task.CompletedTask : store.WriteAsync(encoderId, accepted, CancellationToken.None);
                progress.Report(new EmbedStatus(total, unchanged, embedded + without + refused.Count));
            }
        }
        finally
        {
            await writing;
            await store.AnnounceAsync(encoderId, wroteNow: embedded + without > 0, CancellationToken.None);
        }

        var indexCreated = await store.EnsureIndexAsync(encoderId, dimension, cancellationToken);
        return new EmbedResult(unchanged, embedded, without, refused, indexCreated);
    }

    private List<(int MovieId, string Text, byte[] Hash)> Changed(IReadOnlyList<StoredMovie> page, bool force)
    {
        var changed = new List<(int, string, byte[])>();
        foreach (var movie in page)
        {
            var text = MovieText.Compose(movie.Facts, encoder.IsMultilingual);
            var hash = MovieText.Hash(text, encoder);
            if (force || movie.SourceHash is null || !hash.AsSpan().SequenceEqual(movie.SourceHash))
            {
                changed.Add((movie.Facts.MovieId, text, hash));
            }
        }

        return changed;
    }

    private static bool IsSound(float[] vector, int dimension) => vector.Length == dimension && float.IsFinite(TensorPrimitives.Norm<float>(vector));
}
