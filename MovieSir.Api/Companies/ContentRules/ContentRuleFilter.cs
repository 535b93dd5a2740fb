using System.Collections.Frozen;
using System.Globalization;
using Microsoft.Extensions.Caching.Memory;
using MovieSir.Data.Partners;
using Npgsql;

namespace MovieSir.Api.Companies.ContentRules;

/// <summary>Resolves a company's content rules to the movies they forbid. What was resolved is kept until the rules or the catalog change.</summary>
/// <remarks>
/// ID forbids a movie, GENRE all movies of a genre (English or Korean name), KEYWORD all whose titles, overviews or keywords hold the words:
/// whole words where they are written in Latin letters, anywhere in the text otherwise, since Korean joins particles to its words.
/// </remarks>
internal sealed partial class ContentRuleFilter(NpgsqlDataSource dataSource, ILogger<ContentRuleFilter> logger) : IDisposable
{
    private const int CacheUnits = 100_000;
    private const int MoviesPerUnit = 100;
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private const string Resolve = """
        SELECT movie.movie_id
        FROM catalog.movies AS movie
        CROSS JOIN LATERAL (
          SELECT lower(concat_ws(' ', title, original_title, title_ko, overview, overview_ko, array_to_string(keywords, ' | '))) AS text
          WHERE cardinality($3) + cardinality($4) > 0
          UNION ALL SELECT '' WHERE cardinality($3) + cardinality($4) = 0
        ) AS said
        WHERE movie.movie_id = ANY ($1)
          OR EXISTS (
            SELECT 1 FROM catalog.movie_genres JOIN catalog.genres USING (genre_id)
            WHERE movie_genres.movie_id = movie.movie_id AND (lower(name_en) = ANY ($2) OR lower(name_ko) = ANY ($2)))
          OR EXISTS (
            SELECT 1 FROM unnest($3) AS word
            WHERE strpos(' ' || regexp_replace(said.text, '[^[:alnum:]]+', ' ', 'g') || ' ', ' ' || word || ' ') > 0)
          OR EXISTS (SELECT 1 FROM unnest($4) AS word WHERE strpos(said.text, word) > 0)
        """;

    private readonly MemoryCache _resolved = new(new MemoryCacheOptions { SizeLimit = CacheUnits });

    private sealed record Resolved(IReadOnlyList<CompanyRule> Rules, long CatalogRevision, FrozenSet<int> Movies);

    /// <summary>Movies that a company never wants; null where they cannot be told because the database is away.</summary>
    public async ValueTask<FrozenSet<int>?> BlockedAsync(
        Guid companyId, IReadOnlyList<CompanyRule> rules, long catalogRevision, CancellationToken cancellationToken)
    {
        if (rules.Count == 0)
        {
            return FrozenSet<int>.Empty;
        }

        if (_resolved.TryGetValue(companyId, out Resolved? known) && known!.CatalogRevision == catalogRevision && known.Rules.SequenceEqual(rules))
        {
            return known.Movies;
        }

        try
        {
            var movies = await ResolveAsync(rules, cancellationToken);
            using var entry = _resolved.CreateEntry(companyId);
            entry.Value = new Resolved(rules, catalogRevision, movies);
            entry.Size = 1 + movies.Count / MoviesPerUnit;
            entry.SlidingExpiration = Lifetime;
            return movies;
        }
        catch (Exception exception) when (exception is NpgsqlException or TimeoutException)
        {
            LogUnresolved(logger, exception, companyId);
            return null;
        }
    }

    public void Dispose() => _resolved.Dispose();

    private async Task<FrozenSet<int>> ResolveAsync(IReadOnlyList<CompanyRule> rules, CancellationToken cancellationToken)
    {
        string[] Values(ContentRuleKind kind) => [.. rules.Where(rule => rule.Kind == kind).Select(rule => rule.Value.Trim().ToLowerInvariant())];
        int[] ids =
        [
            .. Values(ContentRuleKind.Id)
                .Select(value => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : (int?)null)
                .OfType<int>(),
        ];
        var keywords = Values(ContentRuleKind.Keyword);
        string[] words = [.. keywords.Where(IsLatin).Select(AsWords).Where(word => word.Length > 0)];
        string[] parts = [.. keywords.Where(keyword => !IsLatin(keyword))];

        await using var command = dataSource.CreateCommand(Resolve);
        command.Parameters.Add(new() { Value = ids });
        command.Parameters.Add(new() { Value = Values(ContentRuleKind.Genre) });
        command.Parameters.Add(new() { Value = words });
        command.Parameters.Add(new() { Value = parts });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var movies = new HashSet<int>();
        while (await reader.ReadAsync(cancellationToken))
        {
            movies.Add(reader.GetInt32(0));
        }

        return movies.ToFrozenSet();
    }

    private static bool IsLatin(string text) => text.All(char.IsAscii);

    // As the statement writes the text that is searched: letters and digits, one space between.
    private static string AsWords(string text) =>
        string.Join(' ', new string([.. text.Select(letter => char.IsLetterOrDigit(letter) ? letter : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries));

    [LoggerMessage(LogLevel.Warning, "The content rules of company {CompanyId} cannot be resolved: its recommendations are refused")]
    private static partial void LogUnresolved(ILogger logger, Exception exception, Guid companyId);
}
