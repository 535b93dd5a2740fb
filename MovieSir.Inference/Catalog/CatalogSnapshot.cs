using System.Collections.Frozen;
using MovieSir.Inference.Models;
using MovieSir.Inference.Numerics;

namespace MovieSir.Inference.Catalog;

/// <summary>
/// Everything that answers are made from, as it stood at one revision of the database. A structure of arrays: one column a property, one row a movie,
/// rows in ascending movie id. Nothing in it changes after it was built, so any number of requests read it at once; a request reads only one.
/// </summary>
internal sealed record CatalogSnapshot
{
    public long Revision { get; private init; }

    /// <summary>Counts the changes to all but the model: snapshots in which it is equal differ in their model alone.</summary>
    public long ContentRevision { get; private init; }

    /// <summary>TMDB ids, ascending.</summary>
    public required int[] MovieIds { get; init; }

    /// <summary>Row of a movie id.</summary>
    public required FrozenDictionary<int, int> RowOf { get; init; }

    /// <summary>Every row, ascending.</summary>
    public required Row[] AllRows { get; init; }

    public required MovieRecord[] Movies { get; init; }

    /// <summary>0 where it is not known.</summary>
    public required short[] RuntimeMinutes { get; init; }

    /// <summary>Year of release, 0 where it is not known.</summary>
    public required short[] Years { get; init; }

    /// <summary>One bit a genre, by its ordinal in <see cref="Genres"/>.</summary>
    public required ulong[] GenreMasks { get; init; }

    /// <summary>The distinct ones of <see cref="GenreMasks"/>.</summary>
    public required ulong[] GenreSets { get; init; }

    /// <summary>Place of a movie's genres in <see cref="GenreSets"/>.</summary>
    public required int[] GenreSetOf { get; init; }

    /// <summary>Year of release, the catalog's mean where it is not known.</summary>
    public required float[] ReleaseYears { get; init; }

    public required float[] VoteAverages { get; init; }

    public required int[] VoteCounts { get; init; }

    /// <summary>Mean vote, 0 to 10, drawn toward the catalog's mean where there are few votes.</summary>
    public required float[] Quality { get; init; }

    /// <summary>ln(1 + number of votes and ratings).</summary>
    public required float[] Popularity { get; init; }

    /// <summary>Number of ratings in the database that speak for a movie's factors.</summary>
    public required int[] RatingCounts { get; init; }

    /// <summary>Movies for adults only.</summary>
    public required ulong[] Adult { get; init; }

    /// <summary>Movies whose running time is known.</summary>
    public required ulong[] HasMinutes { get; init; }

    /// <summary>By ordinal in <see cref="Providers"/>: the movies that it carries.</summary>
    public required ulong[][] ByProvider { get; init; }

    /// <summary>Number of the series that a movie belongs to; -1 where it stands alone. See <see cref="SeriesNames"/>.</summary>
    public required int[] Series { get; init; }

    public required int SeriesCount { get; init; }

    public required NameIndex Genres { get; init; }

    public required NameIndex Providers { get; init; }

    public required TitleIndex Titles { get; init; }

    public required WordIndex Words { get; init; }

    /// <summary>Movies of which more is known than titles, year and genres: an overview, or keywords.</summary>
    public required ulong[] Described { get; init; }

    /// <summary>Those of them that an English encoder has read about.</summary>
    public required ulong[] DescribedInEnglish { get; init; }

    public required TwinIndex Twins { get; init; }

    /// <summary>Null where nothing was embedded with the configured encoder.</summary>
    public required EmbeddingMatrix? Embeddings { get; init; }

    /// <summary>Null where no model is published.</summary>
    public FactorModel? Model { get; private init; }

    /// <summary>What viewers liked next, of the same model version. Null where it has none.</summary>
    public Successors? Successors { get; private init; }

    /// <summary>How the same model version weighs the signals. Null where it has not learned it.</summary>
    public LearnedRanking? Ranking { get; private init; }

    /// <summary>How movies are scored: as the same model version was trained for, or as is configured where there is no model.</summary>
    public ScoringOptions Scoring { get; private init; } = new();

    /// <summary>For snapshots without a model.</summary>
    public required ScoringOptions ConfiguredScoring { get; init; }

    /// <summary>Why a published model is not served; null where there is nothing to say.</summary>
    public string? ModelRefusal { get; private init; }

    public int Count => MovieIds.Length;

    /// <summary>Name in answers.</summary>
    public string ModelVersion => Model?.Name ?? "none";

    /// <summary>
    /// Makes what requests would make when they first need it, for the movies that profiles name most. Requests are answered meanwhile.
    /// </summary>
    public void Warm(CancellationToken cancellationToken)
    {
        if (Embeddings is { } embeddings)
        {
            int[] rows = [.. Enumerable.Range(0, Count).Where(embeddings.Has).OrderByDescending(row => Popularity[row])];
            embeddings.Similarity.Warm(rows, cancellationToken);
        }
    }

    /// <summary>False where the snapshot has no such movie.</summary>
    public bool TryFind(int movieId, out Row row)
    {
        var found = RowOf.TryGetValue(movieId, out var index);
        row = new Row(index);
        return found;
    }

    /// <summary>Takes a movie and its twins out of a set of rows.</summary>
    public void RemoveFrom(Span<ulong> set, Row row)
    {
        RowSet.Remove(set, row.Index);
        foreach (var twin in Twins.Of(row.Index))
        {
            RowSet.Remove(set, twin);
        }
    }

    /// <summary>Takes the series of a movie out of a set of rows.</summary>
    public void RemoveSeriesFrom(Span<ulong> set, Row row)
    {
        if (Series[row.Index] is < 0)
        {
            return;
        }

        for (var other = 0; other < Count; other++)
        {
            if (Series[other] == Series[row.Index])
            {
                RowSet.Remove(set, other);
            }
        }
    }

    /// <summary>Takes movies and their twins out of a set of rows, by movie id; ids that the snapshot lacks are ignored.</summary>
    public void RemoveFrom(Span<ulong> set, ReadOnlySpan<int> movieIds)
    {
        foreach (var movieId in movieIds)
        {
            if (TryFind(movieId, out var row))
            {
                RemoveFrom(set, row);
            }
        }
    }

    /// <summary>The same movies with another model.</summary>
    public CatalogSnapshot With(long revision, long contentRevision, ServedModel model, string? refusal) => this with
    {
        Revision = revision,
        ContentRevision = contentRevision,
        Model = model.Factors,
        Successors = model.Successors,
        Ranking = model.Ranking,
        Scoring = model.Scoring ?? ConfiguredScoring,
        ModelRefusal = refusal,
    };
}
