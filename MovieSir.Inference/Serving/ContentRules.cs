using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Caching.Memory;
using MovieSir.Inference.Catalog;
using MovieSir.Inference.Numerics;
using MovieSir.ServiceDefaults.InferenceContract;

namespace MovieSir.Inference.Serving;

/// <summary>Resolves content rules to the movies of a snapshot that they forbid, once for each set of rules and each content of the catalog.</summary>
internal sealed class ContentRules : IDisposable
{
    private const long MaximumBytes = 64 << 20;
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private readonly MemoryCache _resolved = new(new MemoryCacheOptions { SizeLimit = MaximumBytes });
    private readonly Lock _adding = new();

    /// <returns>A set of rows, as <see cref="RowSet"/> reads it; null where nothing is forbidden.</returns>
    public ulong[]? Resolve(CatalogSnapshot snapshot, ContentRuleSet? rules)
    {
        if (rules is null or { IsEmpty: true })
        {
            return null;
        }

        var key = $"{snapshot.ContentRevision} {Convert.ToHexString(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(rules)))}";
        if (!_resolved.TryGetValue(key, out Lazy<ulong[]>? movies))
        {
            lock (_adding)
            {
                movies = _resolved.GetOrCreate(key, entry =>
                {
                    entry.Size = key.Length + (sizeof(ulong) * (long)RowSet.WordCount(snapshot.Count));
                    entry.SlidingExpiration = Lifetime;
                    return new Lazy<ulong[]>(() => Forbidden(snapshot, rules));
                });
            }
        }

        return movies!.Value;
    }

    public void Dispose() => _resolved.Dispose();

    private static ulong[] Forbidden(CatalogSnapshot snapshot, ContentRuleSet rules)
    {
        var movies = new ulong[RowSet.WordCount(snapshot.Count)];
        foreach (var movieId in rules.MovieIds)
        {
            if (snapshot.RowOf.TryGetValue(movieId, out var row))
            {
                RowSet.Add(movies, row);
            }
        }

        var genres = 0UL;
        foreach (var genre in rules.Genres)
        {
            foreach (var ordinal in snapshot.Genres.Find(genre))
            {
                genres |= 1UL << ordinal;
            }
        }

        var keywords = KeywordMatcher.Create(rules.Keywords);
        for (var row = 0; row < snapshot.Count; row++)
        {
            if ((snapshot.GenreMasks[row] & genres) != 0 || keywords?.Matches(snapshot.Movies[row]) == true)
            {
                RowSet.Add(movies, row);
            }
        }

        snapshot.Twins.AddTo(movies);
        return movies;
    }
}
