using System.Collections.Frozen;
using MovieSir.Inference.Numerics;

namespace MovieSir.Inference.Catalog;

/// <summary>
/// Movies that share an IMDb id: one movie that the catalog has under several ids. What is known of one of them holds for the others.
/// </summary>
internal sealed class TwinIndex
{
    private readonly FrozenDictionary<int, int[]> _twinsOf;

    public TwinIndex(MovieRecord[] movies)
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

        _twinsOf = rowsOf.Values.Where(rows => rows.Count > 1)
            .SelectMany(rows => rows.Select(row => (Row: row, Twins: rows.Where(other => other != row).ToArray())))
            .ToFrozenDictionary(movie => movie.Row, movie => movie.Twins);
    }

    /// <summary>The other rows of the same movie; nearly always none.</summary>
    public ReadOnlySpan<int> Of(int row) => _twinsOf.GetValueOrDefault(row);

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
