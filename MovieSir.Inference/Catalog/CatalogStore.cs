using MovieSir.Data.Sql;
using MovieSir.ServiceDefaults;
using Npgsql;
using Pgvector;

namespace MovieSir.Inference.Catalog;

/// <summary>What is to be served: <c>catalog.state</c>.</summary>
/// <param name="Revision">Grows with every change.</param>
/// <param name="ContentRevision">Grows with every change but the publication of a model.</param>
/// <param name="ModelVersionId">The published model; null where there is none.</param>
internal readonly record struct StoredState(long Revision, long ContentRevision, long? ModelVersionId);

/// <summary>Reads the catalog row by row, in the transaction of its connection.</summary>
internal sealed class CatalogStore(
    NpgsqlConnection connection, CatalogOptions options, AvailabilityOptions availability, CancellationToken cancellationToken)
{
    private static readonly SqlStatement Listen = new("LISTEN catalog_changed");

    private static readonly SqlStatement Revision = new("SELECT revision FROM catalog.state");

    private static readonly SqlStatement State = new("SELECT revision, revision - model_publications, published_model_version_id FROM catalog.state");

    private static readonly SqlStatement Genres = new("SELECT genre_id, name_en, name_ko FROM catalog.genres ORDER BY genre_id");

    private static readonly SqlStatement GenreCount = new("SELECT count(*)::integer FROM catalog.genres");

    private static readonly SqlStatement Providers = new("SELECT provider_id, name, name_ko FROM catalog.providers ORDER BY provider_id");

    private static readonly SqlStatement MovieCount = new("SELECT count(*)::integer FROM catalog.movies");

    private static readonly SqlStatement Movies = new("""
        SELECT m.movie_id, m.title, m.title_ko, m.original_title, m.overview, m.imdb_id, m.poster_path,
               m.release_date, m.runtime_minutes, m.vote_average, m.vote_count, m.adult, coalesce(r.ratings, 0), coalesce(r.mean, 0),
               m.overview_ko, nullif(array_to_string(m.keywords, ' | '), '')
        FROM catalog.movies m
        LEFT JOIN (SELECT movie_id, count(*)::integer AS ratings, avg(value)::real AS mean FROM catalog.ratings GROUP BY movie_id) r
            USING (movie_id)
        ORDER BY m.movie_id
        """);

    private static readonly SqlStatement MovieGenres = new("SELECT movie_id, genre_id FROM catalog.movie_genres");

    private static readonly SqlStatement MovieProviders = new(
        "SELECT movie_id, provider_id FROM catalog.movie_providers WHERE region = ANY($1) AND terms = ANY($2)", "text[]", "text[]");

    private static readonly SqlStatement Embeddings = new(
        """
        SELECT e.movie_id, e.embedding, dimension FROM catalog.movie_embeddings e JOIN catalog.encoders USING (encoder_id)
        WHERE name = $1 AND e.embedding IS NOT NULL
        """,
        "text");

    /// <summary>Lets this connection hear of every change.</summary>
    public static async Task ListenAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand(Listen);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public static async Task<long> ReadRevisionAsync(NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(Revision);
        return await command.ScalarAsync<long?>(cancellationToken) ?? throw MissingState();
    }

    public async Task<StoredState> ReadStateAsync()
    {
        await using var command = Command(State);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new StoredState(reader.GetInt64(0), reader.GetInt64(1), reader.GetNullable<long>(2))
            : throw MissingState();
    }

    public Task<List<NamedEntry>> ReadGenresAsync() => ReadNamesAsync(Genres);

    public Task<List<NamedEntry>> ReadProvidersAsync() => ReadNamesAsync(Providers);

    public Task<int> CountGenresAsync() => CountAsync(GenreCount);

    public Task<int> CountMoviesAsync() => CountAsync(MovieCount);

    /// <summary>Every movie, in ascending id.</summary>
    public Task VisitMoviesAsync(Action<MovieFacts> visit) => VisitAsync(Command(Movies), reader => visit(new MovieFacts
    {
        MovieId = reader.GetInt32(0),
        TitleEn = reader.GetString(1),
        TitleKo = reader.GetNullable<string>(2),
        OriginalTitle = reader.GetNullable<string>(3),
        Overview = reader.GetNullable<string>(4),
        ImdbId = reader.GetNullable<string>(5),
        PosterPath = reader.GetNullable<string>(6),
        ReleaseDate = reader.GetNullable<DateOnly>(7),
        RuntimeMinutes = reader.GetNullable<short>(8),
        VoteAverage = reader.GetFloat(9),
        VoteCount = reader.GetInt32(10),
        Adult = reader.GetBoolean(11),
        RatingCount = reader.GetInt32(12),
        RatingMean = reader.GetFloat(13),
        OverviewKo = reader.GetNullable<string>(14),
        Keywords = reader.GetNullable<string>(15),
    }));

    /// <summary>Every movie's genres: movie id, genre id.</summary>
    public Task VisitMovieGenresAsync(Action<int, int> visit) =>
        VisitAsync(Command(MovieGenres), reader => visit(reader.GetInt32(0), reader.GetInt32(1)));

    /// <summary>Which providers carry a movie in the regions and on the terms of the options: movie id, provider id.</summary>
    public Task VisitMovieProvidersAsync(Action<int, int> visit) =>
        VisitAsync(Command(MovieProviders, [availability.CountedRegions, availability.CountedTerms]),
            reader => visit(reader.GetInt32(0), reader.GetInt32(1)));

    /// <summary>Every embedding of an encoder: movie id, vector, the encoder's dimension.</summary>
    public Task VisitEmbeddingsAsync(string encoder, Action<int, ReadOnlyMemory<float>, int> visit) =>
        VisitAsync(Command(Embeddings, [encoder]), reader => visit(reader.GetInt32(0), reader.GetFieldValue<Vector>(1).Memory, reader.GetInt32(2)));

    private static InvalidOperationException MissingState() => new("catalog.state has no row: apply the migrations.");

    private async Task<int> CountAsync(SqlStatement statement)
    {
        await using var command = Command(statement);
        return await command.ScalarAsync<int>(cancellationToken);
    }

    private async Task<List<NamedEntry>> ReadNamesAsync(SqlStatement statement)
    {
        await using var command = Command(statement);
        return await command.ReadAllAsync(
            reader => new NamedEntry(reader.GetInt32(0), reader.GetString(1), reader.GetNullable<string>(2)), cancellationToken);
    }

    private async Task VisitAsync(NpgsqlCommand command, Action<NpgsqlDataReader> visit)
    {
        await using (command)
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                visit(reader);
            }
        }
    }

    private NpgsqlCommand Command(SqlStatement statement, ReadOnlySpan<object?> values = default) =>
        connection.CreateCommand(statement, values).Within(options.LoadTimeoutSeconds);
}
