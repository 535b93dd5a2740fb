using MovieSir.Data.Sql;
using Npgsql;
using NpgsqlTypes;

namespace MovieSir.Inference.Offline.Import.Movies;

/// <summary>What a merge did, in movies.</summary>
internal sealed record MovieMerge
{
    /// <summary>Given again by a later line of the same file.</summary>
    public required long Superseded { get; init; }

    /// <summary>In the catalog from a better source; nothing of them was changed.</summary>
    public required long KnownBetter { get; init; }

    /// <summary>In the sample catalog with more facts than the record has; nothing of them was changed.</summary>
    public required long PoorerThanSample { get; init; }

    /// <summary>Added, or different now.</summary>
    public required long Written { get; init; }

    /// <summary>Taken, and without a running time: no set of movies can hold them.</summary>
    public required long WithoutMinutes { get; init; }

    /// <summary>Taken, and with the IMDb id of another movie of the catalog.</summary>
    public required long SharingImdbId { get; init; }

    public required GenreMerge Genres { get; init; }

    /// <summary>Whether a genre or provider was added, removed or renamed.</summary>
    public required bool NamesChanged { get; init; }
}

/// <summary>
/// Takes movies by binary COPY into a temporary table, one row a movie, and merges them into the catalog in one go. It holds one movie in memory at
/// a time.
/// </summary>
internal sealed class StagedMovieStore : ImportStore, IAsyncDisposable
{
    private const NpgsqlDbType Texts = NpgsqlDbType.Array | NpgsqlDbType.Text;
    private const NpgsqlDbType Integers = NpgsqlDbType.Array | NpgsqlDbType.Integer;

    internal static readonly SqlStatement CreateTable = new("""
        CREATE TEMPORARY TABLE staged_movies (
            line bigint NOT NULL,
            movie_id integer NOT NULL,
            rank smallint NOT NULL,
            title text NOT NULL,
            title_stands_in boolean NOT NULL,
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
        """);

    internal static readonly SqlStatement CreateChanges = new("CREATE TEMPORARY TABLE changed_movies (movie_id integer NOT NULL) ON COMMIT DROP");

    private static readonly SqlStatement Copy = new("COPY staged_movies FROM STDIN (FORMAT binary)") { Requires = [CreateTable] };

    private static readonly SqlStatement AddKey = new(
        "ALTER TABLE staged_movies ADD PRIMARY KEY (movie_id, rank, line)")
    { Requires = [CreateTable] };

    // What the last line of a movie does not say is what the line before it says, as if they came in two files.
    private static readonly SqlStatement FillFromSuperseded = new($"""
        UPDATE staged_movies last SET {string.Join(", ", SupersededColumns())}
        FROM (SELECT movie_id, rank, max(line) AS line FROM staged_movies GROUP BY movie_id, rank HAVING count(*) > 1) repeated
        WHERE last.movie_id = repeated.movie_id AND last.rank = repeated.rank AND last.line = repeated.line
        """) { Requires = [CreateTable] };

    private static readonly SqlStatement RemoveSuperseded = new("""
        DELETE FROM staged_movies staged
        USING (SELECT DISTINCT ON (movie_id) movie_id, rank, line FROM staged_movies ORDER BY movie_id, rank DESC, line DESC) best
        WHERE staged.movie_id = best.movie_id AND (staged.rank, staged.line) < (best.rank, best.line)
        """) { Requires = [CreateTable] };

    private static readonly SqlStatement RemoveKnownBetter = new("""
        DELETE FROM staged_movies staged USING catalog.movies movie
        WHERE staged.movie_id = movie.movie_id AND staged.rank < CASE WHEN movie.is_stub THEN 0 WHEN movie.is_sample THEN 1 ELSE 2 END
        """) { Requires = [CreateTable] };

    // Where the sample stays, a record of a few fields does not make one of its movies a real one.
    private static readonly SqlStatement RemovePoorerThanSample = new("""
        DELETE FROM staged_movies staged USING catalog.movies movie
        WHERE staged.movie_id = movie.movie_id AND movie.is_sample AND staged.rank = 2
            AND ((staged.runtime_minutes IS NULL AND movie.runtime_minutes IS NOT NULL)
                OR (staged.release_date IS NULL AND movie.release_date IS NOT NULL)
                OR (coalesce(staged.overview, staged.overview_ko) IS NULL AND coalesce(movie.overview, movie.overview_ko) IS NOT NULL)
                OR (coalesce(cardinality(staged.genre_ids), 0) = 0
                    AND EXISTS (SELECT FROM catalog.movie_genres link WHERE link.movie_id = movie.movie_id)))
        """) { Requires = [CreateTable] };

    private static readonly SqlStatement Analyze = new("ANALYZE staged_movies") { Requires = [CreateTable] };

    // A title that stands in for the English one fills a blank. It replaces only another that stands in: the Korean title, or the original one that
    // has
    // changed since.
    private static readonly SqlStatement MergeMovies = new("""
        WITH merged AS (
            INSERT INTO catalog.movies AS movie (
                movie_id, imdb_id, title, original_title, title_ko, overview, overview_ko, original_language, release_date, runtime_minutes,
                vote_average, vote_count, popularity, adult, poster_path, keywords, is_stub, is_sample, updated_at)
            SELECT staged.movie_id, coalesce(staged.imdb_id, known.imdb_id),
                CASE WHEN known.movie_id IS NULL OR NOT staged.title_stands_in OR known.title ~ '[가-힣ㄱ-ㆎ]'
                        OR (known.title = known.original_title AND known.original_language <> 'en' AND staged.title = staged.original_title)
                    THEN staged.title ELSE known.title END,
                coalesce(staged.original_title, known.original_title),
                coalesce(staged.title_ko, known.title_ko), coalesce(staged.overview, known.overview),
                coalesce(staged.overview_ko, known.overview_ko), coalesce(staged.original_language, known.original_language),
                coalesce(staged.release_date, known.release_date), coalesce(staged.runtime_minutes, known.runtime_minutes),
                coalesce(staged.vote_average, known.vote_average, 0), coalesce(staged.vote_count, known.vote_count, 0),
                coalesce(staged.popularity, known.popularity, 0), coalesce(staged.adult, known.adult, false),
                coalesce(staged.poster_path, known.poster_path), coalesce(staged.keywords, known.keywords, '{}'),
                staged.rank = 0, staged.rank = 1, now()
            FROM staged_movies staged LEFT JOIN catalog.movies known USING (movie_id)
            ON CONFLICT (movie_id) DO UPDATE SET
                imdb_id = excluded.imdb_id, title = excluded.title, original_title = excluded.original_title, title_ko = excluded.title_ko,
                overview = excluded.overview, overview_ko = excluded.overview_ko, original_language = excluded.original_language,
                release_date = excluded.release_date, runtime_minutes = excluded.runtime_minutes, vote_average = excluded.vote_average,
                vote_count = excluded.vote_count, popularity = excluded.popularity, adult = excluded.adult, poster_path = excluded.poster_path,
                keywords = excluded.keywords, is_stub = excluded.is_stub, is_sample = excluded.is_sample, updated_at = excluded.updated_at
            WHERE (movie.imdb_id, movie.title, movie.original_title, movie.title_ko, movie.overview, movie.overview_ko, movie.original_language,
                    movie.release_date, movie.runtime_minutes, movie.vote_average, movie.vote_count, movie.popularity, movie.adult, movie.poster_path,
                    movie.keywords, movie.is_stub, movie.is_sample)
                IS DISTINCT FROM (excluded.imdb_id, excluded.title, excluded.original_title, excluded.title_ko, excluded.overview,
                    excluded.overview_ko, excluded.original_language, excluded.release_date, excluded.runtime_minutes, excluded.vote_average,
                    excluded.vote_count, excluded.popularity, excluded.adult, excluded.poster_path, excluded.keywords, excluded.is_stub,
                    excluded.is_sample)
            RETURNING movie_id)
        INSERT INTO changed_movies SELECT movie_id FROM merged
        """) { Requires = [CreateTable, CreateChanges] };

    // A Korean name in the place of the English one fills a blank only.
    private static readonly SqlStatement MergeProviders = new("""
        INSERT INTO catalog.providers AS provider (provider_id, name, name_ko)
        SELECT DISTINCT ON (offer.id) offer.id, offer.name, offer.name_ko
        FROM staged_movies staged, unnest(staged.provider_ids, staged.provider_names, staged.provider_names_ko) AS offer (id, name, name_ko)
        ORDER BY offer.id, offer.name IS NOT DISTINCT FROM offer.name_ko, staged.line DESC
        ON CONFLICT (provider_id) DO UPDATE SET
            name = CASE WHEN excluded.name = excluded.name_ko THEN provider.name ELSE excluded.name END,
            name_ko = coalesce(excluded.name_ko, provider.name_ko)
        WHERE (provider.name, provider.name_ko) IS DISTINCT FROM (
            CASE WHEN excluded.name = excluded.name_ko THEN provider.name ELSE excluded.name END, coalesce(excluded.name_ko, provider.name_ko))
        """) { Requires = [CreateTable] };

    // Invented availability never outlives the arrival of a real movie, even of one that does not say where it streams.
    private static readonly SqlStatement MergeAvailability = new(
        """
        WITH offers AS MATERIALIZED (
            SELECT staged.movie_id, offer.id AS provider_id, offer.region, offer.terms, staged.rank = 1 AS is_sample
            FROM staged_movies staged, unnest(staged.provider_ids, staged.provider_regions, staged.provider_terms) AS offer (id, region, terms)
            WHERE $1::text[] IS NULL OR offer.region = ANY ($1)),
        removed AS (
            DELETE FROM catalog.movie_providers link USING staged_movies staged
            WHERE link.movie_id = staged.movie_id
                AND ((staged.provider_ids IS NOT NULL AND ($1::text[] IS NULL OR link.region = ANY ($1)))
                    OR (link.is_sample AND staged.rank = 2))
                AND NOT EXISTS (
                    SELECT FROM offers WHERE offers.movie_id = link.movie_id AND offers.provider_id = link.provider_id
                        AND offers.region = link.region AND offers.terms = link.terms)
            RETURNING link.movie_id),
        added AS (
            INSERT INTO catalog.movie_providers AS link (movie_id, provider_id, region, terms, is_sample)
            SELECT movie_id, provider_id, region, terms, is_sample FROM offers
            ON CONFLICT (movie_id, provider_id, region, terms) DO UPDATE SET is_sample = excluded.is_sample
            WHERE link.is_sample <> excluded.is_sample
            RETURNING movie_id)
        INSERT INTO changed_movies SELECT movie_id FROM removed UNION SELECT movie_id FROM added
        """,
        "text[]")
    { Requires = [CreateTable, CreateChanges] };

    private static readonly SqlStatement CountChanges = new("SELECT count(DISTINCT movie_id) FROM changed_movies") { Requires = [CreateChanges] };

    private static readonly SqlStatement CountTaken = new("""
        SELECT count(*) FILTER (WHERE movie.runtime_minutes IS NULL),
            count(*) FILTER (WHERE EXISTS (SELECT FROM catalog.movies twin WHERE twin.imdb_id = movie.imdb_id AND twin.movie_id <> movie.movie_id))
        FROM staged_movies staged JOIN catalog.movies movie USING (movie_id)
        """) { Requires = [CreateTable] };

    private readonly NpgsqlBinaryImporter _copy;

    private StagedMovieStore(NpgsqlConnection connection, NpgsqlBinaryImporter copy)
        : base(connection) => _copy = copy;

    /// <summary>
    /// Whether any of the movies comes from neither the sample nor a ratings source and can be recommended in place of the sample's.
    /// </summary>
    public bool CanReplaceSample { get; private set; }

    public static async Task<StagedMovieStore> CreateAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await ExecuteAsync(connection, CreateTable, [], cancellationToken);
        return new StagedMovieStore(connection, await CopyAsync(connection, Copy, cancellationToken));
    }

    /// <summary>Adds a movie.</summary>
    /// <param name="line">Where it stands; of two movies with one id the later is taken.</param>
    /// <param name="movie">The movie.</param>
    /// <param name="cancellationToken">Ends the import.</param>
    public async Task AddAsync(long line, MovieRecord movie, CancellationToken cancellationToken)
    {
        CanReplaceSample |= movie.Rank == MovieRank.Movie && movie.RuntimeMinutes is not null;
        await _copy.StartRowAsync(cancellationToken);
        await _copy.WriteAsync(line, NpgsqlDbType.Bigint, cancellationToken);
        await _copy.WriteAsync(movie.MovieId, NpgsqlDbType.Integer, cancellationToken);
        await _copy.WriteAsync((short)movie.Rank, NpgsqlDbType.Smallint, cancellationToken);
        await _copy.WriteAsync(movie.Title, NpgsqlDbType.Text, cancellationToken);
        await _copy.WriteAsync(movie.TitleStandsIn, NpgsqlDbType.Boolean, cancellationToken);
        await _copy.WriteNullableAsync(movie.ImdbId, NpgsqlDbType.Text, cancellationToken);
        await _copy.WriteNullableAsync(movie.OriginalTitle, NpgsqlDbType.Text, cancellationToken);
        await _copy.WriteNullableAsync(movie.TitleKo, NpgsqlDbType.Text, cancellationToken);
        await _copy.WriteNullableAsync(movie.Overview, NpgsqlDbType.Text, cancellationToken);
        await _copy.WriteNullableAsync(movie.OverviewKo, NpgsqlDbType.Text, cancellationToken);
        await _copy.WriteNullableAsync(movie.OriginalLanguage, NpgsqlDbType.Text, cancellationToken);
        await _copy.WriteNullableAsync(movie.ReleaseDate, NpgsqlDbType.Date, cancellationToken);
        await _copy.WriteNullableAsync(movie.RuntimeMinutes, NpgsqlDbType.Smallint, cancellationToken);
        await _copy.WriteNullableAsync(movie.VoteAverage, NpgsqlDbType.Real, cancellationToken);
        await _copy.WriteNullableAsync(movie.VoteCount, NpgsqlDbType.Integer, cancellationToken);
        await _copy.WriteNullableAsync(movie.Popularity, NpgsqlDbType.Real, cancellationToken);
        await _copy.WriteNullableAsync(movie.Adult, NpgsqlDbType.Boolean, cancellationToken);
        await _copy.WriteNullableAsync(movie.PosterPath, NpgsqlDbType.Text, cancellationToken);
        await _copy.WriteNullableAsync(movie.Keywords, Texts, cancellationToken);
        await _copy.WriteNullableAsync(movie.Genres?.Select(genre => genre.GenreId).ToArray(), Integers, cancellationToken);
        await _copy.WriteNullableAsync(movie.Genres?.Select(genre => genre.Name).ToArray(), Texts, cancellationToken);
        var offers = movie.Availability;
        await _copy.WriteNullableAsync(offers?.Select(offer => offer.ProviderId).ToArray(), Integers, cancellationToken);
        await _copy.WriteNullableAsync(offers?.Select(offer => offer.ProviderName).ToArray(), Texts, cancellationToken);
        await _copy.WriteNullableAsync(offers?.Select(offer => KoreanProviderNames.Of(offer.ProviderName)).ToArray(), Texts, cancellationToken);
        await _copy.WriteNullableAsync(offers?.Select(offer => offer.Region).ToArray(), Texts, cancellationToken);
        await _copy.WriteNullableAsync(offers?.Select(offer => offer.Terms).ToArray(), Texts, cancellationToken);
    }

    /// <summary>
    /// Merges what was added. A field that a movie does not give keeps the value that the catalog has; what it gives replaces it.
    /// </summary>
    /// <param name="regions">Where movies stream is replaced for these regions, or for all where this is null.</param>
    /// <param name="replacesSample">Whether the sample's movies go in the same transaction: then a record of few facts is better than none.</param>
    /// <param name="cancellationToken">Ends the import.</param>
    public async Task<MovieMerge> MergeAsync(string[]? regions, bool replacesSample, CancellationToken cancellationToken)
    {
        await _copy.CompleteAsync(cancellationToken);
        await _copy.DisposeAsync();

        await ExecuteAsync(AddKey, cancellationToken);
        await ExecuteAsync(Analyze, cancellationToken);
        await ExecuteAsync(FillFromSuperseded, cancellationToken);
        var superseded = await ExecuteAsync(RemoveSuperseded, cancellationToken);
        var knownBetter = await ExecuteAsync(RemoveKnownBetter, cancellationToken);
        var poorer = replacesSample ? 0 : await ExecuteAsync(RemovePoorerThanSample, cancellationToken);
        await ExecuteAsync(CreateChanges, cancellationToken);
        await ExecuteAsync(MergeMovies, cancellationToken);
        var genres = await new StagedGenreStore(Connection).MergeAsync(cancellationToken);
        var providers = await ExecuteAsync(MergeProviders, cancellationToken);
        await ExecuteAsync(MergeAvailability, [regions], cancellationToken);
        var (withoutMinutes, sharing) = await CountsAsync(CountTaken, cancellationToken);
        return new MovieMerge
        {
            Superseded = superseded,
            KnownBetter = knownBetter,
            PoorerThanSample = poorer,
            Written = await ScalarAsync<long>(CountChanges, [], cancellationToken),
            WithoutMinutes = withoutMinutes,
            SharingImdbId = sharing,
            Genres = genres,
            NamesChanged = genres.NamesChanged > 0 || providers > 0,
        };
    }

    public ValueTask DisposeAsync() => _copy.DisposeAsync();

    /// <summary>Each field as the latest line of a movie that gives it has it. Lists that belong together come from one line.</summary>
    private static IEnumerable<string> SupersededColumns()
    {
        string[] fields =
        [
            "imdb_id", "original_title", "title_ko", "overview", "overview_ko", "original_language", "release_date", "runtime_minutes",
            "vote_average", "vote_count", "popularity", "adult", "poster_path", "keywords",
        ];
        string[] offers = ["provider_ids", "provider_names", "provider_names_ko", "provider_regions", "provider_terms"];
        return
        [
            Latest("title", "NOT title_stands_in"),
            Latest("title_stands_in", "NOT title_stands_in"),
            .. fields.Select(field => Latest(field, $"{field} IS NOT NULL")),
            Latest("genre_ids", "genre_ids IS NOT NULL"),
            Latest("genre_names", "genre_ids IS NOT NULL"),
            .. offers.Select(list => Latest(list, "provider_ids IS NOT NULL")),
        ];

        static string Latest(string column, string given) =>
            $"{column} = coalesce((SELECT {column} FROM staged_movies line WHERE line.movie_id = last.movie_id AND line.rank = last.rank AND {given}"
            + $" ORDER BY line.line DESC LIMIT 1), last.{column})";
    }
}
