using MovieSir.Inference.Catalog;
using MovieSir.Inference.Models;
using MovieSir.Inference.Numerics;

namespace MovieSir.Inference.Engine.Ranking;

/// <summary>The movies that a request says about its viewer, as rows of one snapshot, in the buffers of a scratch.</summary>
internal readonly ref struct Viewer
{
    /// <summary>Watched movies that the catalog has, oldest first, each once (at its newest place).</summary>
    public ReadOnlySpan<int> Profile { get; private init; }

    /// <summary>The newest of them.</summary>
    public ReadOnlySpan<int> Recent { get; private init; }

    /// <summary>Watched movies with item factors, oldest first.</summary>
    public ReadOnlySpan<int> Factored { get; private init; }

    /// <summary>Those of the newest with an embedding.</summary>
    public ReadOnlySpan<int> Embedded { get; private init; }

    /// <summary>Disliked movies with an embedding, the last of them.</summary>
    public ReadOnlySpan<int> Disliked { get; private init; }

    public bool IsUnknown => Profile.IsEmpty;

    public static Viewer Of(
        CatalogSnapshot snapshot, ReadOnlySpan<int> watchedIds, ReadOnlySpan<int> dislikedIds, ScoringOptions options, ScoringScratch scratch)
    {
        var profile = Rows(snapshot, watchedIds, scratch.Profile, SimilarityKernel.MaximumReferences, static (_, _) => true);
        var disliked = snapshot.Embeddings is null
            ? []
            : Rows(snapshot, dislikedIds, scratch.Disliked, options.ComparedDislikes, static (s, row) => s.Embeddings!.Has(row));
        var factored = 0;
        var embedded = 0;
        foreach (var row in profile)
        {
            if (snapshot.Model?.Has(row) == true)
            {
                scratch.Factored[factored++] = row;
            }
        }

        var recent = profile[Math.Max(0, profile.Length - options.RecentMovies)..];
        foreach (var row in recent)
        {
            if (snapshot.Embeddings?.Has(row) == true)
            {
                scratch.Embedded[embedded++] = row;
            }
        }

        return new Viewer
        {
            Profile = profile,
            Recent = recent,
            Factored = scratch.Factored.AsSpan(0, factored),
            Embedded = scratch.Embedded.AsSpan(0, embedded),
            Disliked = disliked,
        };
    }

    /// <summary>Rows of the last known ids, each once, in the order of the ids.</summary>
    private static ReadOnlySpan<int> Rows(
        CatalogSnapshot snapshot, ReadOnlySpan<int> ids, int[] buffer, int limit, Func<CatalogSnapshot, int, bool> accepts)
    {
        // From the newest back, so that a movie named twice counts at its newest place and the limit drops the oldest.
        var start = limit;
        for (var i = ids.Length - 1; i >= 0 && start > 0; i--)
        {
            if (snapshot.RowOf.TryGetValue(ids[i], out var row) && accepts(snapshot, row) && !buffer.AsSpan(start, limit - start).Contains(row))
            {
                buffer[--start] = row;
            }
        }

        return buffer.AsSpan(start, limit - start);
    }
}
