using System.Diagnostics;
using Microsoft.Extensions.ObjectPool;
using MovieSir.Inference.Catalog;
using MovieSir.Inference.Encoding;
using MovieSir.Inference.Engine.Ranking;
using MovieSir.Inference.Numerics;
using MovieSir.Inference.Telemetry;
using MovieSir.ServiceDefaults.InferenceContract;

namespace MovieSir.Inference.Serving.Search;

/// <summary>
/// Finds movies by the meaning of a query; by likeness of titles where the encoder has no embedding for it (Korean under an English encoder) or cannot
/// be used, which the answer says.
/// </summary>
internal sealed partial class MovieSearch(ISentenceEncoder encoder, ObjectPool<ScoringScratch> scratches, ILogger<MovieSearch> logger)
{
    public async Task<SearchResponse> SearchAsync(
        CatalogSnapshot snapshot, SearchRequest request, CandidateFilter filter, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        using var activity = InferenceTelemetry.Source.StartActivity("search");
        // Full-width letters mean what the usual ones mean, to the encoder too.
        var query = FoldedText.Of(request.Query!);
        var vector = await EncodeAsync(snapshot, query, cancellationToken);
        var scratch = scratches.Get();
        try
        {
            var words = RowSet.WordCount(snapshot.Count);
            scratch.EnsureMovies(snapshot);
            filter.Apply(snapshot, scratch.Allowed.AsSpan(0, words), scratch.Union.AsSpan(0, words));
            var selected = RowSet.CopyRows(scratch.Allowed.AsSpan(0, words), scratch.Candidates);
            var rows = scratch.Candidates.AsSpan(0, filter.KeepGenres(snapshot, scratch.Candidates.AsSpan(0, selected)));
            var count = vector is null
                ? ScoreTitles(snapshot, query, rows, scratch)
                : ScoreMeaning(snapshot.Embeddings!, vector, rows, scratch);
            var movies = Array.ConvertAll(
                TopMovies.Select(scratch.Score.AsSpan(0, count), request.K),
                i => MovieAnswers.Of(snapshot, scratch.Rows[i], scratch.Score[i]));
            InferenceTelemetry.Record("search", started, count);
            return new SearchResponse { Movies = movies, MatchedBy = vector is null ? SearchMatch.Title : SearchMatch.Meaning };
        }
        finally
        {
            scratches.Return(scratch);
        }
    }

    private async Task<float[]?> EncodeAsync(CatalogSnapshot snapshot, string query, CancellationToken cancellationToken)
    {
        if (snapshot.Embeddings is not { } embeddings)
        {
            return null;
        }

        try
        {
            var vector = (await encoder.EncodeAsync([query], EncodingRole.Query, cancellationToken))[0];
            return vector is null || vector.Length == embeddings.Dimension
                ? vector
                : throw new EncoderUnavailableException(
                    $"The stored embeddings by {embeddings.Encoder} have {embeddings.Dimension} dimensions, the encoder of this name gives {vector.Length}. Give it a name of its own (Encoder:Name), and run `embed`.");
        }
        catch (EncoderUnavailableException exception)
        {
            LogEncoderUnavailable(logger, exception.Message);
            return null;
        }
    }

    private static int ScoreMeaning(EmbeddingMatrix embeddings, float[] vector, ReadOnlySpan<int> rows, ScoringScratch scratch)
    {
        var count = 0;
        foreach (var row in rows)
        {
            if (embeddings.Has(row))
            {
                scratch.Rows[count++] = row;
            }
        }

        SimilarityKernel.Dot(embeddings.Vectors, scratch.Rows.AsSpan(0, count), vector, scratch.Score.AsSpan(0, count));
        return count;
    }

    private static int ScoreTitles(CatalogSnapshot snapshot, string query, ReadOnlySpan<int> rows, ScoringScratch scratch)
    {
        var likeness = scratch.Sum.AsSpan(0, snapshot.Count);
        likeness.Clear();
        snapshot.Titles.Match(query, likeness);
        var count = 0;
        foreach (var row in rows)
        {
            if (likeness[row] > 0f)
            {
                scratch.Rows[count] = row;
                scratch.Score[count++] = likeness[row];
            }
        }

        return count;
    }

    [LoggerMessage(LogLevel.Warning, "Searching by title because the sentence encoder cannot be used: {Reason}")]
    private static partial void LogEncoderUnavailable(ILogger logger, string reason);
}
