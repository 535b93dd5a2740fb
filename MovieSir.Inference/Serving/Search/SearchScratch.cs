using MovieSir.Inference.Catalog;
using MovieSir.Inference.Engine.Ranking;
using MovieSir.Inference.Numerics;

namespace MovieSir.Inference.Serving.Search;

/// <summary>The buffers of one search, kept for the next.</summary>
internal sealed class SearchScratch
{
    private float[] _likeness = [];

    /// <summary>What may be answered.</summary>
    public Candidates Candidates { get; } = new();

    /// <summary>Those of them that are like the query, and how much.</summary>
    public KnownCandidates Found { get; } = new();

    /// <summary>How much the best title of each movie is like a query, by row.</summary>
    public ReadOnlySpan<float> Likeness(CatalogSnapshot snapshot, string query)
    {
        Buffers.Grow(ref _likeness, snapshot.Count);
        var likeness = _likeness.AsSpan(0, snapshot.Count);
        likeness.Clear();
        snapshot.Titles.Match(query, likeness);
        return likeness;
    }
}
