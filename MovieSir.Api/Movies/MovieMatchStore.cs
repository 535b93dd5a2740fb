using MovieSir.Data.Names;
using MovieSir.Data.Sql;
using Npgsql;

namespace MovieSir.Api.Movies;

/// <summary>A movie as another service names it.</summary>
/// <param name="Title">Its title in any language.</param>
/// <param name="Year">The year of its release, where it is known.</param>
/// <param name="TmdbId">TMDB's id, where it is known.</param>
/// <param name="ImdbId">IMDb's id, where it is known.</param>
internal sealed record NamedMovie(string? Title, int? Year, int? TmdbId, string? ImdbId);

/// <summary>Finds the movies of the catalog that another service names.</summary>
internal sealed class MovieMatchStore(NpgsqlDataSource dataSource)
{
    private const int TimeoutSeconds = 30;

    // Other services differ by a year where a movie was shown at a festival first.
    private const int YearsApart = 1;

    private static readonly SqlStatement ByIds = new(
        "SELECT movie_id, imdb_id FROM catalog.movies WHERE movie_id = ANY ($1) OR imdb_id = ANY ($2)", "integer[]", "text[]");

    private static readonly SqlStatement Titles = new("""
        SELECT movie_id, title, title_ko, original_title, extract(year FROM release_date)::integer, vote_count FROM catalog.movies
        """);

    /// <summary>Finds movies by id, and those that have none by title and year, as search compares titles.</summary>
    /// <returns>Ids of the catalog by place in <paramref name="named"/>. Those that were not found are missing.</returns>
    public async Task<IReadOnlyDictionary<int, int>> FindAsync(IReadOnlyList<NamedMovie> named, CancellationToken cancellationToken)
    {
        var found = await FindByIdAsync(named, cancellationToken);
        var titled = Enumerable.Range(0, named.Count).Where(place => !found.ContainsKey(place) && named[place].Title is not null)
            .ToLookup(place => NameLetters.Of(named[place].Title!));
        if (titled.Count > 0)
        {
            await FindByTitleAsync(named, titled, found, cancellationToken);
        }

        return found;
    }

    private async Task<Dictionary<int, int>> FindByIdAsync(IReadOnlyList<NamedMovie> named, CancellationToken cancellationToken)
    {
        int[] movieIds = [.. named.Select(movie => movie.TmdbId).OfType<int>().Distinct()];
        string[] imdbIds = [.. named.Select(movie => movie.ImdbId).OfType<string>().Distinct()];
        if (movieIds.Length + imdbIds.Length == 0)
        {
            return [];
        }

        await using var command = dataSource.CreateCommand(ByIds, [movieIds, imdbIds]).Within(TimeoutSeconds);
        var known = await command.ReadAllAsync(reader => (MovieId: reader.GetInt32(0), ImdbId: reader.GetNullable<string>(1)), cancellationToken);
        var byId = known.Select(movie => movie.MovieId).ToHashSet();
        var byImdbId = known.Where(movie => movie.ImdbId is not null).OrderByDescending(movie => movie.MovieId)
            .GroupBy(movie => movie.ImdbId!).ToDictionary(movies => movies.Key, movies => movies.Last().MovieId, StringComparer.Ordinal);
        var found = new Dictionary<int, int>();
        for (var place = 0; place < named.Count; place++)
        {
            if (named[place].TmdbId is { } id && byId.Contains(id))
            {
                found[place] = id;
            }
            else if (named[place].ImdbId is { } imdbId && byImdbId.TryGetValue(imdbId, out var movieId))
            {
                found[place] = movieId;
            }
        }

        return found;
    }

    // One pass over the catalog, however many titles there are. Of several movies the one of the nearest year, then the best known.
    private async Task FindByTitleAsync(
        IReadOnlyList<NamedMovie> named, ILookup<string, int> titled, Dictionary<int, int> found, CancellationToken cancellationToken)
    {
        var best = new Dictionary<int, (int Apart, int Unknown, int MovieId)>();
        await using var command = dataSource.CreateCommand(Titles).Within(TimeoutSeconds);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var year = reader.GetNullable<int>(4);
            string?[] titles = [reader.GetString(1), reader.GetNullable<string>(2), reader.GetNullable<string>(3)];
            foreach (var title in titles.OfType<string>().Distinct())
            {
                foreach (var place in titled[NameLetters.Of(title)])
                {
                    var apart = named[place].Year is { } wanted && year is { } known ? Math.Abs(wanted - known) : 0;
                    var candidate = (apart, -reader.GetInt32(5), reader.GetInt32(0));
                    if (apart <= YearsApart && (!best.TryGetValue(place, out var other) || candidate.CompareTo(other) < 0))
                    {
                        best[place] = candidate;
                    }
                }
            }
        }

        foreach (var (place, (_, _, movieId)) in best)
        {
            found[place] = movieId;
        }
    }
}
