using Npgsql;
using NpgsqlTypes;

namespace MovieSir.Inference.Import.Films;

/// <summary>What a merge did.</summary>
/// <param name="Superseded">Films that a later line of the same file gives again.</param>
/// <param name="KnownBetter">Films that the catalogue has from a better source; nothing of them was changed.</param>
/// <param name="Written">Films that were added or are different now.</param>
internal sealed record FilmMerge(long Superseded, long KnownBetter, long Written);

/// <summary>
/// Takes films by binary COPY into a temporary table, one row a film, and merges them into the catalogue in one go. The memory used here is that of one
/// film, whatever the number.
/// </summary>
internal sealed class FilmStaging : IAsyncDisposable
{
    private readonly ImportTransaction _import;
    private readonly NpgsqlBinaryImporter _copy;

    private FilmStaging(ImportTransaction import, NpgsqlBinaryImporter copy)
    {
        _import = import;
        _copy = copy;
    }

    /// <summary>Whether any of the films comes from neither the sample nor a ratings source.</summary>
    public bool HasRealFilms { get; private set; }

    public static async Task<FilmStaging> CreateAsync(ImportTransaction import, CancellationToken cancellationToken)
    {
        await import.ExecuteAsync(
            """
            CREATE TEMPORARY TABLE staged_films (
                line bigint NOT NULL,
                movie_id integer NOT NULL,
                rank smallint NOT NULL,
                title text NOT NULL,
                imdb_id text,
                original_title text,
                title_ko text,
                overview text,
                overview_ko text,
                original_language text,
                release_date date,
                runtime_minutes smallint,
                vote_average real,
                vote_count integer,
                popularity real,
                adult boolean,
                poster_path text,
                keywords text[],
                genre_ids integer[],
                genre_names text[],
                provider_ids integer[],
                provider_names text[],
                provider_names_ko text[],
                provider_regions text[],
                provider_terms text[]
            ) ON COMMIT DROP
            """,
            cancellationToken);
        var copy = await import.Connection.BeginBinaryImportAsync("COPY staged_films FROM STDIN (FORMAT BINARY)", cancellationToken);
        copy.Timeout = Timeout.InfiniteTimeSpan;
        return new FilmStaging(import, copy);
    }

    /// <summary>Adds a film.</summary>
    /// <param name="line">Where it stands; of two films with one id the later is taken.</param>
    /// <param name="film">The film.</param>
    /// <param name="cancellationToken">Ends the import.</param>
    public async Task AddAsync(long line, FilmRecord film, CancellationToken cancellationToken)
    {
        HasRealFilms |= film.Rank == FilmRank.Film;
        await _copy.StartRowAsync(cancellationToken);
        await _copy.WriteAsync(line, NpgsqlDbType.Bigint, cancellationToken);
        await _copy.WriteAsync(film.MovieId, NpgsqlDbType.Integer, cancellationToken);
        await _copy.WriteAsync((short)film.Rank, NpgsqlDbType.Smallint, cancellationToken);
        await _copy.WriteAsync(film.Title, NpgsqlDbType.Text, cancellationToken);
        await WriteAsync(film.ImdbId, NpgsqlDbType.Text, cancellationToken);
        await WriteAsync(film.OriginalTitle, NpgsqlDbType.Text, cancellationToken);
        await WriteAsync(film.TitleKo, NpgsqlDbType.Text, cancellationToken);
        await WriteAsync(film.Overview, NpgsqlDbType.Text, cancellationToken);
        await WriteAsync(film.OverviewKo, NpgsqlDbType.Text, cancellationToken);
        await WriteAsync(film.OriginalLanguage, NpgsqlDbType.Text, cancellationToken);
        await WriteAsync(film.ReleaseDate, NpgsqlDbType.Date, cancellationToken);
        await WriteAsync(film.RuntimeMinutes, NpgsqlDbType.Smallint, cancellationToken);
        await WriteAsync(film.VoteAverage, NpgsqlDbType.Real, cancellationToken);
        await WriteAsync(film.VoteCount, NpgsqlDbType.Integer, cancellationToken);
        await WriteAsync(film.Popularity, NpgsqlDbType.Real, cancellationToken);
        await WriteAsync(film.Adult, NpgsqlDbType.Boolean, cancellationToken);
        await WriteAsync(film.PosterPath, NpgsqlDbType.Text, cancellationToken);
        await WriteAsync(film.Keywords, NpgsqlDbType.Array | NpgsqlDbType.Text, cancellationToken);
        await WriteAsync(film.Genres?.Select(genre => genre.GenreId).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Integer, cancellationToken);
        await WriteAsync(film.Genres?.Select(genre => genre.Name).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text, cancellationToken);
        var offers = film.Availability;
        await WriteAsync(offers?.Select(offer => offer.ProviderId).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Integer, cancellationToken);
        await WriteAsync(offers?.Select(offer => offer.ProviderName).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text, cancellationToken);
        await WriteAsync(
            offers?.Select(offer => KoreanProviderNames.Find(offer.ProviderName)).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text, cancellationToken);
        await WriteAsync(offers?.Select(offer => offer.Region).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text, cancellationToken);
        await WriteAsync(offers?.Select(offer => offer.Terms).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text, cancellationToken);
    }

    /// <summary>
    /// Merges what was added. A field that a film does not give keeps the value that the catalogue has; what it gives replaces it. Where films stream is
    /// replaced for the regions in <paramref name="regions"/>, or for all where that is null.
    /// </summary>
    public async Task<FilmMerge> MergeAsync(string[]? regions, CancellationToken cancellationToken)
    {
        await _copy.CompleteAsync(cancellationToken);
        await _copy.DisposeAsync();

        var superseded = await _import.ExecuteAsync(
            """
            DELETE FROM staged_films staged
            USING (SELECT movie_id, max(line) AS line FROM staged_films GROUP BY movie_id HAVING count(*) > 1) last
            WHERE staged.movie_id = last.movie_id AND staged.line < last.line
            """,
            cancellationToken);
        var knownBetter = await _import.ExecuteAsync(
            """
            DELETE FROM staged_films staged USING catalog.films film
            WHERE staged.movie_id = film.movie_id AND staged.rank < CASE WHEN film.is_stub THEN 0 WHEN film.is_sample THEN 1 ELSE 2 END
            """,
            cancellationToken);
        await _import.ExecuteAsync("ALTER TABLE staged_films ADD PRIMARY KEY (movie_id)", cancellationToken);
        await _import.ExecuteAsync("ANALYZE staged_films", cancellationToken);
        await _import.ExecuteAsync("CREATE TEMPORARY TABLE changed_films (movie_id integer NOT NULL) ON COMMIT DROP", cancellationToken);
        await MergeFilmsAsync(cancellationToken);
        await MergeGenresAsync(cancellationToken);
        await MergeAvailabilityAsync(regions, cancellationToken);
        var written = (long)(await _import.ScalarAsync("SELECT count(DISTINCT movie_id) FROM changed_films", cancellationToken))!;
        return new FilmMerge(superseded, knownBetter, written);
    }

    public ValueTask DisposeAsync() => _copy.DisposeAsync();

    private Task<int> MergeFilmsAsync(CancellationToken cancellationToken) => _import.ExecuteAsync(
        """
        WITH merged AS (
            INSERT INTO catalog.films AS film (
                movie_id, imdb_id, title, original_title, title_ko, overview, overview_ko, original_language, release_date, runtime_minutes,
                vote_average, vote_count, popularity, adult, poster_path, keywords, is_stub, is_sample, updated_at)
            SELECT staged.movie_id, coalesce(staged.imdb_id, known.imdb_id), staged.title, coalesce(staged.original_title, known.original_title),
                coalesce(staged.title_ko, known.title_ko), coalesce(staged.overview, known.overview),
                coalesce(staged.overview_ko, known.overview_ko), coalesce(staged.original_language, known.original_language),
                coalesce(staged.release_date, known.release_date), coalesce(staged.runtime_minutes, known.runtime_minutes),
                coalesce(staged.vote_average, known.vote_average, 0), coalesce(staged.vote_count, known.vote_count, 0),
                coalesce(staged.popularity, known.popularity, 0), coalesce(staged.adult, known.adult, false),
                coalesce(staged.poster_path, known.poster_path), coalesce(staged.keywords, known.keywords, '{}'),
                staged.rank = 0, staged.rank = 1, now()
            FROM staged_films staged LEFT JOIN catalog.films known USING (movie_id)
            ON CONFLICT (movie_id) DO UPDATE SET
                imdb_id = excluded.imdb_id, title = excluded.title, original_title = excluded.original_title, title_ko = excluded.title_ko,
                overview = excluded.overview, overview_ko = excluded.overview_ko, original_language = excluded.original_language,
                release_date = excluded.release_date, runtime_minutes = excluded.runtime_minutes, vote_average = excluded.vote_average,
                vote_count = excluded.vote_count, popularity = excluded.popularity, adult = excluded.adult, poster_path = excluded.poster_path,
                keywords = excluded.keywords, is_stub = excluded.is_stub, is_sample = excluded.is_sample, updated_at = excluded.updated_at
            WHERE (film.imdb_id, film.title, film.original_title, film.title_ko, film.overview, film.overview_ko, film.original_language,
                    film.release_date, film.runtime_minutes, film.vote_average, film.vote_count, film.popularity, film.adult, film.poster_path,
                    film.keywords, film.is_stub, film.is_sample)
                IS DISTINCT FROM (excluded.imdb_id, excluded.title, excluded.original_title, excluded.title_ko, excluded.overview,
                    excluded.overview_ko, excluded.original_language, excluded.release_date, excluded.runtime_minutes, excluded.vote_average,
                    excluded.vote_count, excluded.popularity, excluded.adult, excluded.poster_path, excluded.keywords, excluded.is_stub,
                    excluded.is_sample)
            RETURNING movie_id)
        INSERT INTO changed_films SELECT movie_id FROM merged
        """,
        cancellationToken);

    private async Task MergeGenresAsync(CancellationToken cancellationToken)
    {
        // A genre that TMDB added since: its one name stands in both languages until someone translates it.
        await _import.ExecuteAsync(
            """
            INSERT INTO catalog.genres (genre_id, name_en, name_ko)
            SELECT DISTINCT ON (genre.id) genre.id, genre.name, genre.name
            FROM staged_films staged, unnest(staged.genre_ids, staged.genre_names) AS genre (id, name)
            ORDER BY genre.id, staged.line DESC
            ON CONFLICT (genre_id) DO NOTHING
            """,
            cancellationToken);
        await _import.ExecuteAsync(
            """
            WITH removed AS (
                DELETE FROM catalog.film_genres link USING staged_films staged
                WHERE link.movie_id = staged.movie_id AND staged.genre_ids IS NOT NULL AND NOT link.genre_id = ANY (staged.genre_ids)
                RETURNING link.movie_id),
            added AS (
                INSERT INTO catalog.film_genres (movie_id, genre_id)
                SELECT staged.movie_id, genre.id FROM staged_films staged, unnest(staged.genre_ids) AS genre (id)
                ON CONFLICT DO NOTHING
                RETURNING movie_id)
            INSERT INTO changed_films SELECT movie_id FROM removed UNION SELECT movie_id FROM added
            """,
            cancellationToken);
    }

    private async Task MergeAvailabilityAsync(string[]? regions, CancellationToken cancellationToken)
    {
        await _import.ExecuteAsync(
            """
            INSERT INTO catalog.providers AS provider (provider_id, name, name_ko)
            SELECT DISTINCT ON (offer.id) offer.id, offer.name, offer.name_ko
            FROM staged_films staged, unnest(staged.provider_ids, staged.provider_names, staged.provider_names_ko) AS offer (id, name, name_ko)
            ORDER BY offer.id, staged.line DESC
            ON CONFLICT (provider_id) DO UPDATE SET name = excluded.name, name_ko = coalesce(excluded.name_ko, provider.name_ko)
            WHERE (provider.name, provider.name_ko) IS DISTINCT FROM (excluded.name, coalesce(excluded.name_ko, provider.name_ko))
            """,
            cancellationToken);
        // Invented availability never outlives the arrival of a real film, even of one that does not say where it streams.
        await _import.ExecuteAsync(
            """
            WITH offers AS MATERIALIZED (
                SELECT staged.movie_id, offer.id AS provider_id, offer.region, offer.terms, staged.rank = 1 AS is_sample
                FROM staged_films staged, unnest(staged.provider_ids, staged.provider_regions, staged.provider_terms) AS offer (id, region, terms)
                WHERE $1::text[] IS NULL OR offer.region = ANY ($1)),
            removed AS (
                DELETE FROM catalog.film_providers link USING staged_films staged
                WHERE link.movie_id = staged.movie_id
                    AND ((staged.provider_ids IS NOT NULL AND ($1::text[] IS NULL OR link.region = ANY ($1)))
                        OR (link.is_sample AND staged.rank = 2))
                    AND NOT EXISTS (
                        SELECT FROM offers WHERE offers.movie_id = link.movie_id AND offers.provider_id = link.provider_id
                            AND offers.region = link.region AND offers.terms = link.terms)
                RETURNING link.movie_id),
            added AS (
                INSERT INTO catalog.film_providers AS link (movie_id, provider_id, region, terms, is_sample)
                SELECT movie_id, provider_id, region, terms, is_sample FROM offers
                ON CONFLICT (movie_id, provider_id, region, terms) DO UPDATE SET is_sample = excluded.is_sample
                WHERE link.is_sample <> excluded.is_sample
                RETURNING movie_id)
            INSERT INTO changed_films SELECT movie_id FROM removed UNION SELECT movie_id FROM added
            """,
            cancellationToken,
            new NpgsqlParameter { Value = (object?)regions ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
    }

    private Task WriteAsync<T>(T? value, NpgsqlDbType type, CancellationToken cancellationToken)
        where T : class => value is null ? _copy.WriteNullAsync(cancellationToken) : _copy.WriteAsync(value, type, cancellationToken);

    private Task WriteAsync<T>(T? value, NpgsqlDbType type, CancellationToken cancellationToken)
        where T : struct => value is { } known ? _copy.WriteAsync(known, type, cancellationToken) : _copy.WriteNullAsync(cancellationToken);
}
