using System.Numerics;
using MovieSir.Inference.Catalog;
using MovieSir.Inference.Numerics;

namespace MovieSir.Inference.Engine.Ranking;

/// <summary>Which movies a call may answer.</summary>
/// <param name="Genres">Preferred genres as a mask; 0 where none was asked for.</param>
/// <param name="Providers">Ordinals of the providers; null where none was asked for.</param>
/// <param name="AllowAdult">Whether movies for adults only may be answered.</param>
internal sealed record CandidateFilter(ulong Genres, int[]? Providers, bool AllowAdult)
{
    /// <summary>Rows that never pass, as a <see cref="RowSet"/>; null where there are none.</summary>
    public ulong[]? Forbidden { get; init; }

    /// <summary>Lets every movie pass.</summary>
    public static CandidateFilter Nothing { get; } = new(0, null, AllowAdult: true);

    public int GenreCount => BitOperations.PopCount(Genres);

    /// <summary>
    /// Fills <paramref name="allowed"/> with the movies that pass the filters of every track: content rules, adult and providers. Genres are a
    /// track's own.
    /// </summary>
    /// <param name="snapshot">The movies.</param>
    /// <param name="allowed">Receives the set.</param>
    /// <param name="union">Scratch of the same length.</param>
    public void Apply(CatalogSnapshot snapshot, Span<ulong> allowed, Span<ulong> union)
    {
        RowSet.Fill(allowed, snapshot.Count);
        for (var word = 0; word < Forbidden?.Length; word++)
        {
            allowed[word] &= ~Forbidden[word];
        }

        if (!AllowAdult)
        {
            for (var word = 0; word < allowed.Length; word++)
            {
                allowed[word] &= ~snapshot.Adult[word];
            }
        }

        if (Providers is not null)
        {
            union.Clear();
            foreach (var provider in Providers)
            {
                var movies = snapshot.ByProvider[provider];
                for (var word = 0; word < union.Length; word++)
                {
                    union[word] |= movies[word];
                }
            }

            for (var word = 0; word < allowed.Length; word++)
            {
                allowed[word] &= union[word];
            }
        }
    }

    /// <summary>Moves the movies of the preferred genres to the front, in order; all of them where no genre was asked for.</summary>
    /// <returns>How many there are.</returns>
    public int KeepGenres(CatalogSnapshot snapshot, Span<int> rows)
    {
        if (Genres == 0)
        {
            return rows.Length;
        }

        var kept = 0;
        foreach (var row in rows)
        {
            if ((snapshot.GenreMasks[row] & Genres) != 0)
            {
                rows[kept++] = row;
            }
        }

        return kept;
    }
}
