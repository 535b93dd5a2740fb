using System.Diagnostics;
using Microsoft.Extensions.ObjectPool;
using MovieSir.Data.Names;
using MovieSir.Inference.Catalog;
using MovieSir.Inference.Encoding;
using MovieSir.Inference.Engine.Ranking;
using MovieSir.Inference.Numerics;
using MovieSir.Inference.Telemetry;
using MovieSir.ServiceDefaults.InferenceContract;

namespace MovieSir.Inference.Serving.Search;

/// <summary>
/// Finds movies by name, by words and by meaning, each a list of its own, and makes one order of them by reciprocal rank.
/// docs/architecture/search.md tells it all.
/// </summary>
internal sealed partial class MovieSearch(
    ISentenceEncoder encoder, KoreanGlosses glosses, ObjectPool<SearchScratch> scratches, ILogger<MovieSearch> logger)
{
    /// <summary>Movies of each list that take part.</summary>
    private const int Depth = 200;

    // What English words for a Korean query count beside the query's own.
    private const float GlossShare = 0.5f;

    public async Task<SearchResponse> SearchAsync(
        CatalogSnapshot snapshot, SearchRequest request, CandidateFilter filter, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        using var activity = InferenceTelemetry.Source.StartActivity("search");
        var lists = await FindAsync(snapshot, request.Query!, request.K, filter, cancellationToken);
        SearchMovieAnswer[] movies =
        [
            .. lists.Fused(snapshot, request.K).Select(movie => new SearchMovieAnswer(
                MovieAnswers.Of(snapshot, movie.Row, movie.Score), movie.Matches)),
        ];
        InferenceTelemetry.Record("search", started, lists.Candidates);
        return new SearchResponse { Movies = movies, MatchedBy = Foremost(movies) };
    }

    /// <summary>The lists that an answer is made of.</summary>
    /// <param name="snapshot">The movies.</param>
    /// <param name="text">What is looked for.</param>
    /// <param name="k">How many movies are wanted.</param>
    /// <param name="filter">What may be answered.</param>
    /// <param name="cancellationToken">Ends the wait for the encoder.</param>
    public async Task<SearchLists> FindAsync(
        CatalogSnapshot snapshot, string text, int k, CandidateFilter filter, CancellationToken cancellationToken)
    {
        // Full-width letters mean what the usual ones mean, to the encoder too.
        var query = FoldedText.Of(text);
        var gloss = encoder.IsMultilingual ? "" : glosses.Of(query);
        var vector = await EncodeAsync(snapshot, query, gloss, cancellationToken);
        var scratch = scratches.Get();
        try
        {
            scratch.Candidates.Begin(snapshot, filter);
            scratch.Candidates.List();
            scratch.Candidates.KeepGenres(snapshot, filter.Genres);
            return new SearchLists
            {
                Candidates = scratch.Candidates.Count,
                Names = ByNames(snapshot, query, scratch),
                Words = ByWords(snapshot, query, gloss, scratch),
                Meaning = ByMeaning(snapshot, vector, k, scratch),
            };
        }
        finally
        {
            scratches.Return(scratch);
        }
    }

    private static SearchMatch Foremost(SearchMovieAnswer[] movies) => movies is [var first, ..]
        ? first.MatchedBy.Contains(SearchMatch.Title) ? SearchMatch.Title
            : first.MatchedBy.Contains(SearchMatch.Meaning) ? SearchMatch.Meaning
            : SearchMatch.Words
        : SearchMatch.Words;

    private static FoundTitle[] ByNames(CatalogSnapshot snapshot, string query, SearchScratch scratch)
    {
        var names = new List<FoundTitle>();
        foreach (var title in snapshot.Titles.Find(query, Depth))
        {
            // A title of one twin is the other's, and one of them may be answered.
            foreach (var row in (ReadOnlySpan<int>)[title.Row.Index, .. snapshot.Twins.Of(title.Row.Index)])
            {
                if (scratch.Candidates.Has(new Row(row)))
                {
                    names.Add(title with { Row = new Row(row) });
                }
            }
        }

        return [.. names.DistinctBy(title => title.Row)];
    }

    private static Row[] ByWords(CatalogSnapshot snapshot, string query, string gloss, SearchScratch scratch)
    {
        var scores = scratch.BeginScores(snapshot.Count);
        var words = SearchWords.OfQuery(query);
        snapshot.Words.AddTo(scores, words, 1f);
        snapshot.Words.AddTo(scores, SearchWords.OfQuery(gloss).Except(words), GlossShare);
        var found = scratch.Found;
        found.SelectPositive(scratch.Candidates.Rows, scores);
        return SearchScratch.Best(found, Depth);
    }

    /// <summary>
    /// Movies that are told of, by how near their embeddings are. What is no more than a title lies near to any short query: it follows after all
    /// that are told of, and only as far as they are fewer than are asked for.
    /// </summary>
    private Row[] ByMeaning(CatalogSnapshot snapshot, float[]? vector, int k, SearchScratch scratch)
    {
        if (vector is null || snapshot.Embeddings is not { } embeddings)
        {
            return [];
        }

        var told = encoder.IsMultilingual ? snapshot.Described : snapshot.DescribedInEnglish;
        var best = Nearest(scratch.Told(told, embeddings.Present), Depth);
        return best.Length >= k ? best : [.. best, .. Nearest(scratch.Untold(told, embeddings.Present), k - best.Length)];

        Row[] Nearest(ReadOnlySpan<ulong> rows, int count)
        {
            var found = scratch.Found;
            found.Select(scratch.Candidates.Rows, rows);
            QuantizedScores.Read(embeddings.Quantized, embeddings.Vectors, Row.Numbers(found.Rows), vector, found.Values);
            return SearchScratch.Best(found, count);
        }
    }

    /// <summary>What the query means: itself, or where the encoder cannot read it what is known of it in English.</summary>
    private async Task<float[]?> EncodeAsync(CatalogSnapshot snapshot, string query, string gloss, CancellationToken cancellationToken)
    {
        if (snapshot.Embeddings is not { } embeddings)
        {
            return null;
        }

        try
        {
            var vector = (await encoder.EncodeAsync([query], EncodingRole.Query, cancellationToken))[0];
            vector ??= gloss.Length == 0 ? null : (await encoder.EncodeAsync([gloss], EncodingRole.Query, cancellationToken))[0];
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

    [LoggerMessage(LogLevel.Warning, "Searching by names and words because the sentence encoder cannot be used: {Reason}")]
    private static partial void LogEncoderUnavailable(ILogger logger, string reason);
}
