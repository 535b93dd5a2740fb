using System.Runtime.InteropServices;
using MovieSir.Inference.Catalog;
using MovieSir.Inference.Numerics;
using MovieSir.ServiceDefaults.InferenceContract;

namespace MovieSir.Inference.Serving.Search;

/// <summary>A movie of a search, and which lists have it.</summary>
internal readonly record struct FusedMovie(Row Row, float Score, SearchMatch[] Matches);

/// <summary>What a query finds, by three ways.</summary>
internal sealed record SearchLists
{
    // Of reciprocal rank fusion (Cormack, Clarke and Büttcher, 2009), as its authors chose it.
    private const float RankOffset = 60f;

    /// <summary>Movies that may be answered.</summary>
    public required int Candidates { get; init; }

    /// <summary>Movies whose titles are near the query.</summary>
    public required FoundTitle[] Names { get; init; }

    /// <summary>Best first.</summary>
    public required Row[] Words { get; init; }

    /// <summary>Best first.</summary>
    public required Row[] Meaning { get; init; }

    /// <summary>
    /// One order of all lists: a movie's score is the sum of 1 / (60 + rank) over the lists that have it. A movie whose name was asked for stands
    /// before all others; one of which no more than its title is known, behind all others.
    /// </summary>
    public IEnumerable<FusedMovie> Fused(CatalogSnapshot snapshot, int count)
    {
        var entries = new Dictionary<Row, Entry>();
        // Of movies with one name, the one that is told of, and that more people know.
        var names = Names.OrderBy(title => title.Match).ThenByDescending(title => IsTold(title.Row))
            .ThenByDescending(title => snapshot.Popularity[title.Row.Index]).ToArray();
        for (var rank = 0; rank < names.Length; rank++)
        {
            ref var entry = ref Count(entries, names[rank].Row, SearchMatch.Title, rank);
            entry.Named = TitleMatch.Beginning - names[rank].Match;
        }

        for (var rank = 0; rank < Words.Length; rank++)
        {
            Count(entries, Words[rank], SearchMatch.Words, rank);
        }

        for (var rank = 0; rank < Meaning.Length; rank++)
        {
            Count(entries, Meaning[rank], SearchMatch.Meaning, rank);
        }

        return entries
            .OrderByDescending(entry => entry.Value.Named)
            .ThenByDescending(entry => IsTold(entry.Key))
            .ThenByDescending(entry => entry.Value.Sum)
            .ThenBy(entry => entry.Key.Index)
            .Take(count)
            .Select(entry => new FusedMovie(entry.Key, entry.Value.Named + entry.Value.Sum, [.. entry.Value.Matches!]));

        bool IsTold(Row row) => RowSet.Contains(snapshot.Described, row.Index);
    }

    private static ref Entry Count(Dictionary<Row, Entry> entries, Row row, SearchMatch match, int rank)
    {
        ref var entry = ref CollectionsMarshal.GetValueRefOrAddDefault(entries, row, out _);
        entry.Sum += 1f / (RankOffset + rank + 1);
        (entry.Matches ??= []).Add(match);
        return ref entry;
    }

    private struct Entry
    {
        /// <summary>How near its title is to the query; 0 where that does not put it first.</summary>
        public int Named;
        public float Sum;
        public List<SearchMatch>? Matches;
    }
}
