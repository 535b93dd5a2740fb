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
/// Finds movies by the meaning of a query; by likeness of titles where the encoder has no embedding for it (Korean under an English encoder) or
/// cannot be used, which the answer says.
/// </summary>
internal sealed partial class MovieSearch(ISentenceEncoder encoder, ObjectPool<SearchScratch> scratches, ILogger<MovieSearch> logger)
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
            scratch.Candidates.Begin(snapshot, filter);
            scratch.Candidates.List();
            scratch.Candidates.KeepGenres(snapshot, filter.Genres);
            var found = scratch.Found;
            if (vector is null)
            {
                found.SelectPositive(scratch.Candidates.Rows, scratch.Likeness(snapshot, query));
            }
            else
            {
                var embeddings = snapshot.Embeddings!;
                found.Select(scratch.Candidates.Rows, embeddings.Present);
                SimilarityKernel.Dot(embeddings.Vectors, Row.Numbers(found.Rows), vector, found.Values);
            }

            var movies = Array.ConvertAll(
                TopValues.Select(found.Values, request.K),
                place => MovieAnswers.Of(snapshot, scratch.Found.Rows[place], scratch.Found.Values[place]));
            InferenceTelemetry.Record("search", started, found.Rows.Length);
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
                    $"The stored embeddings by {embeddings.Encoder} have {embeddings.Dimension} dimensions, "
                + $"the encoder of this name gives {vector.Length}. Give it a name of its own (Encoder:Name), and run `embed`.");
        }
        catch (EncoderUnavailableException exception)
        {
            LogEncoderUnavailable(logger, exception.Message);
            return null;
        }
    }

    [LoggerMessage(LogLevel.Warning, "Searching by title because the sentence encoder cannot be used: {Reason}")]
    private static partial void LogEncoderUnavailable(ILogger logger, string reason);
}
