using Microsoft.Extensions.Options;
using MovieSir.Api.Dependencies;
using MovieSir.Data.Sql;
using MovieSir.ServiceDefaults;
using Npgsql;

namespace MovieSir.Api.Movies;

/// <summary>Reads movies, genres and streaming services from the catalog.</summary>
internal sealed class MovieStore(NpgsqlDataSource dataSource, IOptions<AvailabilityOptions> availability, Outages outages)
{
    private const int TimeoutSeconds = 5;

    private static readonly SqlStatement MovieById = new("""
        SELECT movie.movie_id, imdb_id, title, title_ko, original_title, overview, overview_ko, release_date, runtime_minutes,
          vote_average, vote_count, poster_path,
          ARRAY(SELECT name_ko FROM catalog.movie_genres JOIN catalog.genres USING (genre_id)
            WHERE movie_genres.movie_id = movie.movie_id ORDER BY genre_id),
          ARRAY(SELECT DISTINCT coalesce(name_ko, name) FROM catalog.movie_providers JOIN catalog.providers USING (provider_id)
            WHERE movie_providers.movie_id = movie.movie_id AND region = ANY ($2) AND terms = ANY ($3) ORDER BY 1)
        FROM catalog.movies AS movie
        WHERE movie.movie_id = $1
        """, "integer", "text[]", "text[]");

    private static readonly SqlStatement GenrePage = new(
        "SELECT genre_id, name_en, name_ko FROM catalog.genres ORDER BY genre_id LIMIT $1 OFFSET $2", "integer", "integer");

    private static readonly SqlStatement OttPage = new("""
        SELECT provider_id, name, name_ko, count(DISTINCT movie_id)::int AS movies
        FROM catalog.providers JOIN catalog.movie_providers USING (provider_id)
        WHERE region = ANY ($3) AND terms = ANY ($4)
        GROUP BY provider_id
        ORDER BY movies DESC, provider_id
        LIMIT $1 OFFSET $2
        """, "integer", "integer", "text[]", "text[]");

    /// <summary>One movie; null where the catalog has none with this id.</summary>
    public Task<Reply<MovieFacts?>> FindAsync(int movieId, CancellationToken cancellationToken) =>
        outages.AskAsync(Dependency.PostgreSql, () => ReadMovieAsync(movieId, cancellationToken), cancellationToken);

    /// <summary>A page of genres, in the order of their ids.</summary>
    public Task<Reply<IReadOnlyList<GenreAnswer>>> GenresAsync(int limit, int offset, CancellationToken cancellationToken) =>
        outages.AskAsync(Dependency.PostgreSql, () => ReadGenresAsync(limit, offset, cancellationToken), cancellationToken);

    /// <summary>A page of streaming services, those with most movies first.</summary>
    public Task<Reply<IReadOnlyList<OttAnswer>>> OttsAsync(int limit, int offset, CancellationToken cancellationToken) =>
        outages.AskAsync(Dependency.PostgreSql, () => ReadOttsAsync(limit, offset, cancellationToken), cancellationToken);

    private async Task<MovieFacts?> ReadMovieAsync(int movieId, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(MovieById, [movieId, availability.Value.CountedRegions, availability.Value.CountedTerms])
            .Within(TimeoutSeconds);
        return await command.ReadFirstAsync(ReadMovie, cancellationToken);
    }

    private async Task<IReadOnlyList<GenreAnswer>> ReadGenresAsync(int limit, int offset, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(GenrePage, [limit, offset]).Within(TimeoutSeconds);
        return await command.ReadAllAsync(
            reader => new GenreAnswer(reader.GetInt32(0), reader.GetString(1), reader.GetString(2)), cancellationToken);
    }

    private async Task<IReadOnlyList<OttAnswer>> ReadOttsAsync(int limit, int offset, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(
            OttPage, [limit, offset, availability.Value.CountedRegions, availability.Value.CountedTerms]).Within(TimeoutSeconds);
        return await command.ReadAllAsync(
            reader => new OttAnswer(reader.GetInt32(0), reader.GetString(1), reader.GetNullable<string>(2), reader.GetInt32(3)), cancellationToken);
    }

    private static MovieFacts ReadMovie(NpgsqlDataReader reader) => new()
    {
        MovieId = reader.GetInt32(0),
        TmdbId = reader.GetInt32(0),
        ImdbId = reader.GetNullable<string>(1),
        Title = reader.GetNullable<string>(3) ?? reader.GetString(2),
        OriginalTitle = reader.GetNullable<string>(4),
        Overview = reader.GetNullable<string>(6) ?? reader.GetNullable<string>(5),
        ReleaseDate = reader.GetNullable<DateOnly>(7),
        Runtime = reader.GetNullable<short>(8),
        VoteAverage = reader.GetFloat(9),
        VoteCount = reader.GetInt32(10),
        PosterPath = reader.GetNullable<string>(11),
        Genres = reader.GetFieldValue<string[]>(12),
        Otts = reader.GetFieldValue<string[]>(13),
    };
}
