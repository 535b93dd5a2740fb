using Microsoft.Extensions.Options;
using MovieSir.Data.Sql;
using MovieSir.ServiceDefaults;
using Npgsql;

namespace MovieSir.Api.Movies;

/// <summary>Reads movies of the catalog as people are shown them. What it throws where PostgreSQL is away is the caller's to answer.</summary>
internal sealed class MovieCardStore(NpgsqlDataSource dataSource, IOptions<AvailabilityOptions> availability)
{
    private const int TimeoutSeconds = 5;

    private static readonly SqlStatement Cards = new("""
        SELECT movie.movie_id, title, title_ko, original_title, extract(year FROM release_date)::integer, runtime_minutes, vote_average, poster_path,
          adult, genre.ids, genre.names, genre.names_ko
        FROM catalog.movies AS movie
        CROSS JOIN LATERAL (
          SELECT coalesce(array_agg(genre_id ORDER BY genre_id), '{}') AS ids, coalesce(array_agg(name_en ORDER BY genre_id), '{}') AS names,
            coalesce(array_agg(name_ko ORDER BY genre_id), '{}') AS names_ko
          FROM catalog.movie_genres JOIN catalog.genres USING (genre_id)
          WHERE movie_genres.movie_id = movie.movie_id) AS genre
        WHERE movie.movie_id = ANY ($1)
        """, "integer[]");

    private static readonly SqlStatement Info = new(
        "SELECT overview, overview_ko, release_date, keywords FROM catalog.movies WHERE movie_id = $1", "integer");

    // The nearer region's page where several have the same offer.
    private static readonly SqlStatement Offers = new("""
        SELECT DISTINCT ON (movie_id, provider_id, terms) movie_id, provider_id, name, name_ko, region, terms
        FROM catalog.movie_providers JOIN catalog.providers USING (provider_id)
        WHERE movie_id = ANY ($1) AND region = ANY ($2)
        ORDER BY movie_id, provider_id, terms, array_position($2, region::text)
        """, "integer[]", "text[]");

    private static readonly SqlStatement Popular = new("""
        SELECT movie_id FROM catalog.movies
        WHERE NOT adult AND NOT is_stub AND runtime_minutes IS NOT NULL
        ORDER BY popularity DESC, vote_count DESC, movie_id
        LIMIT $1
        """, "integer");

    /// <summary>Cards by movie id. Movies that the catalog lacks are missing.</summary>
    public async Task<IReadOnlyDictionary<int, MovieCard>> CardsAsync(IReadOnlyCollection<int> movieIds, CancellationToken cancellationToken)
    {
        if (movieIds.Count == 0)
        {
            return new Dictionary<int, MovieCard>();
        }

        await using var command = dataSource.CreateCommand(Cards, [movieIds.Distinct().ToArray()]).Within(TimeoutSeconds);
        var cards = await command.ReadAllAsync(ReadCard, cancellationToken);
        return cards.ToDictionary(card => card.MovieId);
    }

    /// <summary>Cards in the order of their ids.</summary>
    public async Task<IReadOnlyList<MovieCard>> CardsInOrderAsync(IReadOnlyCollection<int> movieIds, CancellationToken cancellationToken)
    {
        var cards = await CardsAsync(movieIds, cancellationToken);
        return [.. movieIds.Where(cards.ContainsKey).Select(id => cards[id])];
    }

    /// <summary>One movie; null where the catalog has none with this id.</summary>
    public async Task<MovieInfo?> InfoAsync(int movieId, CancellationToken cancellationToken)
    {
        var cards = await CardsAsync([movieId], cancellationToken);
        if (!cards.TryGetValue(movieId, out var card))
        {
            return null;
        }

        await using var command = dataSource.CreateCommand(Info, [movieId]).Within(TimeoutSeconds);
        return await command.ReadFirstAsync(
            reader => new MovieInfo(card)
            {
                Overview = reader.GetNullable<string>(0),
                OverviewKo = reader.GetNullable<string>(1),
                ReleaseDate = reader.GetNullable<DateOnly>(2),
                Keywords = reader.GetFieldValue<string[]>(3),
            },
            cancellationToken);
    }

    /// <summary>Offers by movie id, in the regions that count, on any terms.</summary>
    public async Task<ILookup<int, MovieOffer>> OffersAsync(IReadOnlyCollection<int> movieIds, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(Offers, [movieIds.Distinct().ToArray(), availability.Value.CountedRegions])
            .Within(TimeoutSeconds);
        var offers = await command.ReadAllAsync(
            reader => (MovieId: reader.GetInt32(0), Offer: new MovieOffer(
                reader.GetInt32(1), reader.GetString(2), reader.GetNullable<string>(3), PageOf(reader.GetInt32(0), reader.GetString(4)),
                PaymentOf(reader.GetString(5)))),
            cancellationToken);
        return offers.ToLookup(offer => offer.MovieId, offer => offer.Offer);
    }

    /// <summary>What most people look at, best known first.</summary>
    public async Task<IReadOnlyList<MovieCard>> PopularAsync(int limit, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(Popular, [limit]).Within(TimeoutSeconds);
        return await CardsInOrderAsync(await command.ReadAllAsync(reader => reader.GetInt32(0), cancellationToken), cancellationToken);
    }

    private static string PageOf(int movieId, string region) => $"https://www.themoviedb.org/movie/{movieId}/watch?locale={region}";

    private static PaymentType PaymentOf(string terms) => terms switch
    {
        "flatrate" => PaymentType.Subscription,
        "free" => PaymentType.Free,
        "ads" => PaymentType.Ads,
        "rent" => PaymentType.Rent,
        "buy" => PaymentType.Buy,
        _ => throw new InvalidOperationException($"The catalog has an offer on unknown terms: {terms}."),
    };

    private static MovieCard ReadCard(NpgsqlDataReader reader)
    {
        var (ids, names, koreanNames) = (reader.GetFieldValue<int[]>(9), reader.GetFieldValue<string[]>(10), reader.GetFieldValue<string[]>(11));
        return new MovieCard
        {
            MovieId = reader.GetInt32(0),
            Title = reader.GetString(1),
            TitleKo = reader.GetNullable<string>(2),
            OriginalTitle = reader.GetNullable<string>(3),
            Year = reader.GetNullable<int>(4),
            Runtime = reader.GetNullable<short>(5),
            VoteAverage = MathF.Round(reader.GetFloat(6), 1, MidpointRounding.AwayFromZero),
            PosterPath = reader.GetNullable<string>(7),
            Adult = reader.GetBoolean(8),
            Genres = [.. ids.Select((id, index) => new GenreName(id, names[index], koreanNames[index]))],
        };
    }
}
