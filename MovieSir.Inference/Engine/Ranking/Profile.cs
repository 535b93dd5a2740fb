using MovieSir.Inference.Catalog;
using MovieSir.Inference.Numerics;

namespace MovieSir.Inference.Engine.Ranking;

/// <summary>
/// The movies that a recommendation starts from, and those that it must stay away from, as rows of one snapshot. A buffer for one call at a time.
/// </summary>
internal sealed class Profile
{
    /// <summary>Of a longer profile only the newest movies count.</summary>
    public const int MaximumMovies = SimilarityKernel.MaximumReferences;

    private readonly Row[] _movies = new Row[MaximumMovies];
    private readonly Row[] _disliked = new Row[MaximumMovies];
    private readonly Row[] _withFactors = new Row[MaximumMovies];
    private readonly Row[] _withEmbedding = new Row[MaximumMovies];
    private int _count;
    private int _dislikedCount;
    private int _recentCount;
    private int _withFactorsCount;
    private int _withEmbeddingCount;

    /// <summary>Movies that the catalog has, oldest first, each once (at its newest place).</summary>
    public ReadOnlySpan<Row> Movies => _movies.AsSpan(MaximumMovies - _count);

    /// <summary>The newest of them.</summary>
    public ReadOnlySpan<Row> Recent => _movies.AsSpan(MaximumMovies - _recentCount);

    /// <summary>Those with item factors, oldest first.</summary>
    public ReadOnlySpan<Row> WithFactors => _withFactors.AsSpan(0, _withFactorsCount);

    /// <summary>Those of the newest with an embedding.</summary>
    public ReadOnlySpan<Row> WithEmbedding => _withEmbedding.AsSpan(0, _withEmbeddingCount);

    /// <summary>Disliked movies with an embedding, the last of them.</summary>
    public ReadOnlySpan<Row> Disliked => _disliked.AsSpan(MaximumMovies - _dislikedCount);

    /// <summary>Whether nothing is known of who asks.</summary>
    public bool IsEmpty => _count == 0;

    /// <param name="snapshot">Whose rows.</param>
    /// <param name="movieIds">Movie ids, oldest first. Ids that the snapshot lacks are ignored.</param>
    /// <param name="dislikedIds">Movie ids, oldest first.</param>
    public void Read(CatalogSnapshot snapshot, ReadOnlySpan<int> movieIds, ReadOnlySpan<int> dislikedIds)
    {
        var options = snapshot.Scoring;
        _count = Read(snapshot, movieIds, _movies, MaximumMovies, static (_, _) => true);
        _dislikedCount = snapshot.Embeddings is null
            ? 0
            : Read(snapshot, dislikedIds, _disliked, options.ComparedDislikes, static (s, row) => s.Embeddings!.Has(row.Index));
        _recentCount = Math.Min(_count, options.RecentMovies);
        _withFactorsCount = 0;
        foreach (var row in Movies)
        {
            if (snapshot.Model?.Has(row.Index) == true)
            {
                _withFactors[_withFactorsCount++] = row;
            }
        }

        _withEmbeddingCount = 0;
        foreach (var row in Recent)
        {
            if (snapshot.Embeddings?.Has(row.Index) == true)
            {
                _withEmbedding[_withEmbeddingCount++] = row;
            }
        }
    }

    /// <summary>Writes the rows of the last known ids to the end of a buffer, each once, in the order of the ids.</summary>
    /// <returns>How many there are, at most <paramref name="limit"/>.</returns>
    private static int Read(CatalogSnapshot snapshot, ReadOnlySpan<int> ids, Row[] buffer, int limit, Func<CatalogSnapshot, Row, bool> accepts)
    {
        // From the newest back, so that a movie named twice counts at its newest place and the limit drops the oldest.
        var start = buffer.Length;
        for (var i = ids.Length - 1; i >= 0 && start > buffer.Length - limit; i--)
        {
            if (snapshot.TryFind(ids[i], out var row) && accepts(snapshot, row) && !Row.Numbers(buffer.AsSpan(start)).Contains(row.Index))
            {
                buffer[--start] = row;
            }
        }

        return buffer.Length - start;
    }
}
