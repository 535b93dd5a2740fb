using Microsoft.Extensions.Options;
using MovieSir.Api.Dependencies;
using Npgsql;

namespace MovieSir.Api.Movies;

/// <summary>Reads movies, genres and streaming services from the catalog.</summary>
internal sealed class MovieStore(NpgsqlDataSource dataSource, IOptions<AvailabilityOptions> availability, Outages outages)
{
    private const int TimeoutSeconds = 5;

    private const string MovieById = """
        SELECT movie.movie_id, imdb_id, title, title_ko, original_title, overview, overview_ko, release_date, runtime_minutes, vote_average, vote_count, poster_path,
          ARRAY(SELECT name_ko FROM catalog.movie_genres JOIN catalog.genres USING (genre_id) WHERE movie_genres.movie_id = movie.movie_id ORDER BY genre_id),
          ARRAY(SELECT DISTINCT coalesce(name_ko, name) FROM catalog.movie_providers JOIN catalog.providers USING (provider_id)
            WHERE movie_providers.movie_id = movie.movie_id AND region = ANY ($2) AND terms = ANY ($3) ORDER BY 1)
        FROM catalog.movies AS movie
        WHERE movie.movie_id = $1
        """;

    private const string GenrePage = "SELECT genre_id, name_en, name_ko FROM catalog.genres ORDER BY genre_id LIMIT $1 OFFSET $2";

    private const string OttPage = """
        SELECT provider_id, name, name_ko, count(DISTINCT movie_id)::int AS movies
        FROM catalog.providers JOIN catalog.movie_providers USING (provider_id)
        WHERE region = ANY ($3) AND terms = ANY ($4)
        GROUP BY provider_id
        ORDER BY movies DESC, provider_id
        LIMIT $1 OFFSET $2
        """;

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
        await using var command = Command(MovieById, movieId, availability.Value.CountedRegions, availability.Value.CountedTerms);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken))
        {
            return null;
        }

        return new MovieFacts
        {
            MovieId = reader.GetInt32(0),
            TmdbId = reader.GetInt32(0),
            ImdbId = Text(reader, 1),
            Title = Text(reader, 3) ?? reader.GetString(2),
            OriginalTitle = Text(reader, 4),
            Overview = Text(reader, 6) ?? Text(reader, 5),
            ReleaseDate = reader.IsDBNull(7) ? null : reader.GetFieldValue<DateOnly>(7),
            Runtime = reader.IsDBNull(8) ? null : reader.GetInt16(8),
            VoteAverage = reader.GetFloat(9),
            VoteCount = reader.GetInt32(10),
            PosterPath = Text(reader, 11),
            Genres = reader.GetFieldValue<string[]>(12),
            Otts = reader.GetFieldValue<string[]>(13),
        };
    }

    private async Task<IReadOnlyList<GenreAnswer>> ReadGenresAsync(int limit, int offset, CancellationToken cancellationToken)
    {
        await using var command = Command(GenrePage, limit, offset);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var genres = new List<GenreAnswer>();
        while (await reader.ReadAsync(cancellationToken))
        {
            genres.Add(new GenreAnswer(reader.GetInt32(0), reader.GetString(1), reader.GetString(2)));
        }

        return genres;
    }

    private async Task<IReadOnlyList<OttAnswer>> ReadOttsAsync(int limit, int offset, CancellationToken cancellationToken)
    {
        await using var command = Command(OttPage, limit, offset, availability.Value.CountedRegions, availability.Value.CountedTerms);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var otts = new List<OttAnswer>();
        while (await reader.ReadAsync(cancellationToken))
        {
            otts.Add(new OttAnswer(reader.GetInt32(0), reader.GetString(1), Text(reader, 2), reader.GetInt32(3)));
        }

        return otts;
    }

    private NpgsqlCommand Command(string sql, params object[] parameters)
    {
        var command = dataSource.CreateCommand(sql);
        command.CommandTimeout = TimeoutSeconds;
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(new() { Value = parameter });
        }

        return command;
    }

    private static string? Text(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
}
