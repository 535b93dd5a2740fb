using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Caching.Memory;
using MovieSir.Inference.Catalog;
using MovieSir.Inference.Numerics;
using MovieSir.ServiceDefaults.InferenceContract;

namespace MovieSir.Inference.Serving;

/// <summary>
/// Resolves content rules to the movies of a snapshot that they forbid, once for each set of rules and each content of the catalog.
/// </summary>
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

    /// <summary>What rules forbid beside those that a company has.</summary>
    /// <param name="snapshot">The movies.</param>
    /// <param name="saved">What the company has.</param>
    /// <param name="rules">The others, each for itself.</param>
    /// <param name="examples">How many examples at most.</param>
    /// <param name="cancellationToken">Ends it between two rules.</param>
    /// <returns>
    /// How many movies all of them forbid, how many each of the others does, and the most popular of what the saved ones do not forbid already.
    /// </returns>
    public (int Removed, int[] RemovedBy, Row[] Examples) Preview(
        CatalogSnapshot snapshot, ContentRuleSet saved, IReadOnlyList<ContentRuleSet> rules, int examples, CancellationToken cancellationToken)
    {
        var all = new ulong[RowSet.WordCount(snapshot.Count)];
        var removedBy = new int[rules.Count];
        for (var i = 0; i < rules.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var one = Forbidden(snapshot, rules[i]); // not kept: it is no company's
            removedBy[i] = RowSet.Count(one);
            RowSet.Unite(all, one);
        }

        var fresh = all.ToArray();
        if (Resolve(snapshot, saved) is { } before)
        {
            RowSet.Unite(all, before);
            RowSet.Subtract(fresh, before);
        }

        var rows = new int[RowSet.Count(fresh)];
        RowSet.CopyRows(fresh, rows);
        return (
            RowSet.Count(all), removedBy,
            [.. rows.OrderByDescending(row => snapshot.Popularity[row]).ThenBy(row => row).Take(examples).Select(row => new Row(row))]);
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
