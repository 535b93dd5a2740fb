using MovieSir.Inference.Catalog;
using MovieSir.Inference.Engine.Ranking;
using MovieSir.ServiceDefaults.Http;

namespace MovieSir.Inference.Serving;

/// <summary>A request's filters: names of genres and providers, resolved against one snapshot.</summary>
internal static class MovieFilterQuery
{
    private const string UnknownGenre = "UNKNOWN_GENRE";
    private const string UnknownProvider = "UNKNOWN_PROVIDER";

    /// <summary>Nothing unknown is dropped: a filter that cannot be applied refuses the request.</summary>
    /// <returns>The problem to answer with; null where every name is known.</returns>
    public static Problem<Status422>? Resolve(
        CatalogSnapshot snapshot, string[]? genres, string[]? providers, bool allowAdult, out CandidateFilter query)
    {
        query = new CandidateFilter(0, null, allowAdult);
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

        query = new CandidateFilter(mask, ordinals?.ToArray(), allowAdult);
        return null;
    }

    private static Problem<Status422> Unknown(string code, string field, int position, string kind, NameIndex index)
    {
        const int NamedAtMost = 40;
        // Several services may have one name: TMDB numbers them by country.
        var names = index.Entries
            .Select(entry => entry.NameKo is { } korean && korean != entry.NameEn ? $"{entry.NameEn} ({korean})" : entry.NameEn)
            .Distinct().ToList();
        var known = string.Join(", ", names.Take(NamedAtMost));
        var more = names.Count > NamedAtMost ? ", …" : "";
        return Problems.Invalid(code, new Dictionary<string, string[]>
        {
            [$"{field}[{position}]"] = [$"is no {kind} of this catalog. Known: {(known.Length == 0 ? "none" : known)}{more}."],
        });
    }
}
