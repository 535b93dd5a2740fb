using System.Collections.Frozen;
using MovieSir.Inference.Numerics;

namespace MovieSir.Inference.Catalog;

/// <summary>
/// Movies that share an IMDb id: one movie that the catalog has under several ids. What is known of one of them holds for the others.
/// </summary>
internal sealed class TwinIndex
{
    private readonly FrozenDictionary<int, int[]> _twinsOf;

    // The rows of each movie that has several, the one first that tells most.
    private readonly int[][] _groups;

    /// <param name="movies">The movies by row.</param>
    /// <param name="weights">How much each row tells: of twins that a call may answer, it answers the one that tells most.</param>
    public TwinIndex(MovieRecord[] movies, ReadOnlySpan<int> weights)
    {
        var rowsOf = new Dictionary<string, List<int>>();
        for (var row = 0; row < movies.Length; row++)
        {
            if (movies[row].ImdbId is { Length: > 0 } imdbId)
            {
                if (!rowsOf.TryGetValue(imdbId, out var rows))
                {
                    rowsOf.Add(imdbId, rows = []);
                }

                rows.Add(row);
            }
        }

        var known = weights.ToArray();
        _groups = [.. rowsOf.Values.Where(rows => rows.Count > 1)
            .Select(rows => rows.OrderByDescending(row => known[row]).ThenBy(row => row).ToArray())];
        _twinsOf = _groups
            .SelectMany(rows => rows.Select(row => (Row: row, Twins: rows.Where(other => other != row).ToArray())))
            .ToFrozenDictionary(movie => movie.Row, movie => movie.Twins);
    }

    /// <summary>The other rows of the same movie; nearly always none.</summary>
    public ReadOnlySpan<int> Of(int row) => _twinsOf.GetValueOrDefault(row);

    /// <summary>Leaves of each movie one row in a set: no answer holds a movie twice.</summary>
    public void KeepOne(Span<ulong> set)
    {
        foreach (var rows in _groups)
        {
            var kept = false;
            foreach (var row in rows)
            {
                if (!RowSet.Contains(set, row))
                {
                    continue;
                }

                if (kept)
                {
                    RowSet.Remove(set, row);
                }

                kept = true;
            }
        }
    }

    /// <summary>Adds to a set the twins of the movies in it.</summary>
    public void AddTo(Span<ulong> set)
    {
        foreach (var (row, twins) in _twinsOf)
        {
            if (RowSet.Contains(set, row))
            {
                foreach (var twin in twins)
                {
                    RowSet.Add(set, twin);
                }
            }
        }
    }
}
