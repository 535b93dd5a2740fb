using System.Numerics;
using MovieSir.Inference.Catalog;
using MovieSir.ServiceDefaults.Http;

namespace MovieSir.Inference.Serving;

/// <summary>A request's filters, with names resolved against one snapshot.</summary>
/// <param name="Genres">Preferred genres as a mask; 0 where none was asked for.</param>
/// <param name="Providers">Ordinals of the streaming services; null where none was asked for.</param>
/// <param name="AllowAdult">Whether movies for adults only may be answered.</param>
internal sealed record MovieFilterQuery(ulong Genres, int[]? Providers, bool AllowAdult)
{
    private const string UnknownGenre = "UNKNOWN_GENRE";
    private const string UnknownProvider = "UNKNOWN_PROVIDER";

    /// <summary>Movies that never pass, as rows of the same snapshot; null where there are none.</summary>
    public ulong[]? Forbidden { get; init; }

    /// <summary>Lets every movie pass.</summary>
    public static MovieFilterQuery Nothing { get; } = new(0, null, AllowAdult: true);

    public int GenreCount => BitOperations.PopCount(Genres);

    /// <summary>Nothing unknown is dropped: a filter that cannot be applied refuses the request.</summary>
    /// <returns>The problem to answer with; null where every name is known.</returns>
    public static Problem<Status422>? Resolve(
        CatalogSnapshot snapshot, string[]? genres, string[]? providers, bool allowAdult, out MovieFilterQuery query)
    {
        query = new MovieFilterQuery(0, null, allowAdult);
        var mask = 0UL;
        for (var i = 0; i < genres?.Length; i++)
        {
            var found = snapshot.Genres.Find(genres[i]);
            if (found.IsEmpty)
            {
                return Unknown(UnknownGenre, "preferred_genres", i, "genre", snapshot.Genres);
            }

            foreach (var ordinal in found)
            {
                mask |= 1UL << ordinal;
            }
        }

        SortedSet<int>? ordinals = null;
        for (var i = 0; i < providers?.Length; i++)
        {
            var found = snapshot.Providers.Find(providers[i]);
            if (found.IsEmpty)
            {
                return Unknown(UnknownProvider, "preferred_otts", i, "streaming service", snapshot.Providers);
            }

            ordinals ??= [];
            foreach (var ordinal in found)
            {
                ordinals.Add(ordinal);
            }
        }

        query = new MovieFilterQuery(mask, ordinals?.ToArray(), allowAdult);
        return null;
    }

    /// <summary>Fills <paramref name="allowed"/> with the movies that pass the filters of every track: content rules, adult
    /// and providers. Genres are a track's own.</summary>
    /// <param name="snapshot">The movies.</param>
    /// <param name="allowed">Receives the set.</param>
    /// <param name="union">Scratch of the same length.</param>
    public void Apply(CatalogSnapshot snapshot, Span<ulong> allowed, Span<ulong> union)
    {
        MovieSet.Fill(allowed, snapshot.Count);
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

    private static Problem<Status422> Unknown(string code, string field, int position, string kind, NameIndex index)
    {
        const int NamedAtMost = 40;
        var known = string.Join(", ", index.Entries.Take(NamedAtMost).Select(entry =>
            entry.NameKo is { } korean && korean != entry.NameEn ? $"{entry.NameEn} ({korean})" : entry.NameEn));
        var more = index.Entries.Count > NamedAtMost ? ", …" : "";
        return Problems.Invalid(code, new Dictionary<string, string[]>
        {
            [$"{field}[{position}]"] = [$"is no {kind} of this catalog. Known: {(known.Length == 0 ? "none" : known)}{more}."],
        });
    }
}
