using MovieSir.Data.Sql;
using Npgsql;

namespace MovieSir.Api.Console.Admin;

/// <summary>Reads travellers as administrators see them.</summary>
internal sealed class TravellerAdminStore(NpgsqlDataSource dataSource)
{
    private const int TimeoutSeconds = 10;

    private const string Columns = """
        traveller.traveller_id, email, nickname, account.suspended_at IS NOT NULL, account.deleted_at IS NOT NULL, account.created_at, last_seen_at,
        (SELECT count(*) FROM b2c.recommendation_sessions AS session WHERE session.traveller_id = traveller.traveller_id)::integer
        """;

    private static readonly SqlStatement Page = new($"""
        SELECT {Columns}
        FROM b2c.travellers AS traveller JOIN accounts.accounts AS account USING (account_id)
        WHERE $1 IS NULL OR email ILIKE $1 OR nickname ILIKE $1
        ORDER BY account.created_at DESC, traveller.traveller_id LIMIT $2 OFFSET $3
        """, "text", "integer", "integer");

    private static readonly SqlStatement Count = new("""
        SELECT count(*)::integer FROM b2c.travellers JOIN accounts.accounts USING (account_id)
        WHERE $1 IS NULL OR email ILIKE $1 OR nickname ILIKE $1
        """, "text");

    private static readonly SqlStatement ById = new($"""
        SELECT {Columns}, onboarded_at IS NOT NULL,
          ARRAY(SELECT provider_id FROM b2c.traveller_providers AS owned WHERE owned.traveller_id = traveller.traveller_id ORDER BY provider_id)
        FROM b2c.travellers AS traveller JOIN accounts.accounts AS account USING (account_id)
        WHERE traveller.traveller_id = $1
        """, "uuid");

    private static readonly SqlStatement AccountOf = new("SELECT account_id FROM b2c.travellers WHERE traveller_id = $1", "uuid");

    // $1 is the beginning of today in Seoul.
    private static readonly SqlStatement Stats = new("""
        SELECT count(account_id), count(*) FILTER (WHERE account_id IS NULL),
          count(*) FILTER (WHERE onboarded_at IS NOT NULL AND account_id IS NOT NULL),
          count(account_id) FILTER (WHERE account.created_at >= $1),
          count(account_id) FILTER (WHERE account.created_at >= $1 - interval '6 days'),
          count(account_id) FILTER (WHERE account.created_at >= $1 - interval '29 days')
        FROM b2c.travellers LEFT JOIN accounts.accounts AS account USING (account_id)
        WHERE account.deleted_at IS NULL
        """, "timestamptz");

    private static readonly SqlStatement Recommendations = new("""
        SELECT count(*) FILTER (WHERE created_at >= $1), count(*) FILTER (WHERE created_at >= $1 - interval '6 days'), count(*)
        FROM b2c.recommendation_sessions WHERE created_at >= $1 - interval '29 days'
        """, "timestamptz");

    private static readonly SqlStatement HasSession = new(
        "SELECT EXISTS (SELECT FROM b2c.recommendation_sessions WHERE session_id = $1)", "uuid");

    private static readonly SqlStatement MoviesOfSession = new("""
        SELECT movie_id, coalesce(title_ko, title), runtime_minutes, track
        FROM b2c.recommendation_sessions
        CROSS JOIN LATERAL (VALUES ('a', answer -> 'track_a' -> 'movies'), ('b', answer -> 'track_b' -> 'movies')) AS tracks(track, shown)
        CROSS JOIN LATERAL jsonb_array_elements(shown) WITH ORDINALITY AS movie(value, place)
        JOIN catalog.movies ON movie_id = (movie.value ->> 'movie_id')::integer
        WHERE session_id = $1 AND jsonb_typeof(shown) = 'array'
        ORDER BY track, place
        """, "uuid");

    private static readonly SqlStatement Acts = new("""
        SELECT occurred_at, kind, nickname, session_id, title FROM (
          (SELECT created_at AS occurred_at, 0 AS kind, traveller_id, session_id, NULL::integer AS movie_id
           FROM b2c.recommendation_sessions ORDER BY created_at DESC LIMIT $1)
          UNION ALL
          (SELECT clicked_at, 1, traveller_id, session_id, movie_id FROM b2c.provider_clicks ORDER BY clicked_at DESC LIMIT $1)
          UNION ALL
          (SELECT updated_at, 2, traveller_id, NULL, movie_id FROM b2c.watched_movies ORDER BY updated_at DESC LIMIT $1)
        ) AS act
        LEFT JOIN b2c.travellers USING (traveller_id) LEFT JOIN catalog.movies USING (movie_id)
        ORDER BY occurred_at DESC LIMIT $1
        """, "integer");

    /// <summary>Travellers with an account whose e-mail or nickname holds a text, the newest first.</summary>
    public async Task<TravellerPage> PageAsync(string? search, int limit, int offset, CancellationToken cancellationToken)
    {
        var pattern = LikePattern.Containing(search);
        await using var page = dataSource.CreateCommand(Page, [pattern, limit, offset]).Within(TimeoutSeconds);
        var rows = await page.ReadAllAsync(Read, cancellationToken);
        await using var count = dataSource.CreateCommand(Count, [pattern]).Within(TimeoutSeconds);
        return new TravellerPage(rows, await count.ScalarAsync<int>(cancellationToken));
    }

    /// <summary>One traveller; null where there is none with an account.</summary>
    public async Task<TravellerDetail?> FindAsync(Guid travellerId, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(ById, [travellerId]).Within(TimeoutSeconds);
        return await command.ReadFirstAsync(
            reader => Detail(Read(reader), reader.GetBoolean(8), reader.GetFieldValue<int[]>(9)),
            cancellationToken);
    }

    /// <summary>The account of a traveller; null where there is none.</summary>
    public async Task<Guid?> AccountOfAsync(Guid travellerId, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(AccountOf, [travellerId]);
        return await command.ScalarAsync<Guid?>(cancellationToken);
    }

    /// <param name="today">When today began in Seoul.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<TravellerStats> StatsAsync(DateTimeOffset today, CancellationToken cancellationToken)
    {
        await using var people = dataSource.CreateCommand(Stats, [today.ToUniversalTime()]).Within(TimeoutSeconds);
        var counts = (await people.ReadFirstAsync(
            reader => Enumerable.Range(0, 6).Select(reader.GetInt64).ToArray(), cancellationToken))!;
        await using var asked = dataSource.CreateCommand(Recommendations, [today.ToUniversalTime()]).Within(TimeoutSeconds);
        var sessions = (await asked.ReadFirstAsync(
            reader => new PeriodCounts(reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2)), cancellationToken))!;
        return new TravellerStats(counts[0], counts[1], counts[2], new PeriodCounts(counts[3], counts[4], counts[5]), sessions);
    }

    /// <summary>The movies of a recommendation by track; null where there is no such recommendation.</summary>
    public async Task<IReadOnlyList<SessionMovie>?> MoviesOfSessionAsync(Guid sessionId, CancellationToken cancellationToken)
    {
        await using var has = dataSource.CreateCommand(HasSession, [sessionId]);
        if (!await has.ScalarAsync<bool>(cancellationToken))
        {
            return null;
        }

        await using var command = dataSource.CreateCommand(MoviesOfSession, [sessionId]).Within(TimeoutSeconds);
        return await command.ReadAllAsync(
            reader => new SessionMovie(reader.GetInt32(0), reader.GetString(1), reader.GetNullable<int>(2), reader.GetString(3)),
            cancellationToken);
    }

    /// <summary>What travellers and guests did last.</summary>
    public async Task<IReadOnlyList<TravellerAct>> ActsAsync(int most, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(Acts, [most]).Within(TimeoutSeconds);
        return await command.ReadAllAsync(
            reader => new TravellerAct(
                reader.GetFieldValue<DateTimeOffset>(0), (ActKind)reader.GetInt32(1), reader.GetNullable<string>(2),
                reader.GetNullable<Guid>(3), reader.GetNullable<string>(4)),
            cancellationToken);
    }

    private static TravellerRow Read(NpgsqlDataReader reader) => new()
    {
        UserId = reader.GetGuid(0),
        Email = reader.GetString(1),
        Nickname = reader.GetNullable<string>(2),
        State = reader.GetBoolean(4) ? TravellerState.Deleted : reader.GetBoolean(3) ? TravellerState.Suspended : TravellerState.Active,
        CreatedAt = reader.GetFieldValue<DateTimeOffset>(5),
        LastSeenAt = reader.GetNullable<DateTimeOffset>(6),
        Sessions = reader.GetInt32(7),
    };

    private static TravellerDetail Detail(TravellerRow row, bool hasOnboarded, int[] providerIds) => new()
    {
        UserId = row.UserId,
        Email = row.Email,
        Nickname = row.Nickname,
        State = row.State,
        CreatedAt = row.CreatedAt,
        LastSeenAt = row.LastSeenAt,
        Sessions = row.Sessions,
        OnboardingCompleted = hasOnboarded,
        ProviderIds = providerIds,
    };
}
