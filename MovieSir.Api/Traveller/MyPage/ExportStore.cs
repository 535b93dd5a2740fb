using System.Text.Json;
using MovieSir.Data.Sql;
using Npgsql;

namespace MovieSir.Api.Traveller.MyPage;

/// <summary>A movie as it is exported.</summary>
internal sealed record ExportedMovie(int MovieId, string? Title, int? Year);

/// <summary>A movie that was seen.</summary>
internal sealed record ExportedWatch(int MovieId, string? ImdbId, string? Title, int? Year, double? Rating, DateOnly? WatchedOn);

/// <summary>A recommendation: what was asked for, every movie that it showed, and what was chosen.</summary>
internal sealed record ExportedSession
{
    public required Guid SessionId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required JsonElement Wish { get; init; }

    public required IReadOnlyList<int> ShownMovieIds { get; init; }

    public required IReadOnlyList<int>? PlanMovieIds { get; init; }

    public required DateTimeOffset? StartsAt { get; init; }

    public required string? ShareId { get; init; }
}

/// <summary>A thumb for a movie of a recommendation.</summary>
internal sealed record ExportedThumb(Guid SessionId, int MovieId, bool IsPositive, DateTimeOffset JudgedAt);

/// <summary>A link to a streaming service that was followed.</summary>
internal sealed record ExportedClick(int MovieId, int ProviderId, DateTimeOffset ClickedAt);

/// <summary>Lists of what a traveller did.</summary>
internal sealed record ExportedLists
{
    public required IReadOnlyList<ExportedMovie> Picks { get; init; }

    public required IReadOnlyList<ExportedWatch> Watched { get; init; }

    public required IReadOnlyList<ExportedMovie> NotForMe { get; init; }

    public required IReadOnlyList<ExportedSession> Sessions { get; init; }

    public required IReadOnlyList<ExportedThumb> Satisfaction { get; init; }

    public required IReadOnlyList<ExportedClick> Clicks { get; init; }
}

/// <summary>Reads all that is a traveller's.</summary>
internal sealed class ExportStore(NpgsqlDataSource dataSource)
{
    private const int TimeoutSeconds = 30;
    private const string Named = "movie_id, coalesce(title_ko, title), extract(year FROM release_date)::integer";

    private static readonly SqlStatement Picks = new($"""
        SELECT {Named} FROM b2c.survey_answers LEFT JOIN catalog.movies USING (movie_id) WHERE traveller_id = $1 ORDER BY answered_at, movie_id
        """, "uuid");

    private static readonly SqlStatement Watched = new($"""
        SELECT {Named}, imdb_id, half_stars, watched_on FROM b2c.watched_movies LEFT JOIN catalog.movies USING (movie_id)
        WHERE traveller_id = $1 ORDER BY watched_movies.updated_at, movie_id
        """, "uuid");

    private static readonly SqlStatement NotForMe = new($"""
        SELECT {Named} FROM b2c.rejected_movies LEFT JOIN catalog.movies USING (movie_id) WHERE traveller_id = $1 ORDER BY rejected_at, movie_id
        """, "uuid");

    private static readonly SqlStatement Sessions = new("""
        SELECT session_id, created_at, wish, shown_movie_ids, plan_movie_ids, starts_at, share_id
        FROM b2c.recommendation_sessions WHERE traveller_id = $1 ORDER BY created_at, session_id
        """, "uuid");

    private static readonly SqlStatement Thumbs = new("""
        SELECT session_id, movie_id, is_positive, judged_at FROM b2c.satisfactions JOIN b2c.recommendation_sessions USING (session_id)
        WHERE traveller_id = $1 ORDER BY judged_at, movie_id
        """, "uuid");

    private static readonly SqlStatement Clicks = new(
        "SELECT movie_id, provider_id, clicked_at FROM b2c.provider_clicks WHERE traveller_id = $1 ORDER BY clicked_at, click_id", "uuid");

    public async Task<ExportedLists> ReadAsync(Guid travellerId, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return new ExportedLists
        {
            Picks = await AllAsync(Picks, ReadMovie),
            Watched = await AllAsync(Watched, reader => new ExportedWatch(
                reader.GetInt32(0), reader.GetNullable<string>(3), reader.GetNullable<string>(1), reader.GetNullable<int>(2),
                reader.GetNullable<short>(4) / 2.0, reader.GetNullable<DateOnly>(5))),
            NotForMe = await AllAsync(NotForMe, ReadMovie),
            Sessions = await AllAsync(Sessions, reader => new ExportedSession
            {
                SessionId = reader.GetGuid(0),
                CreatedAt = reader.GetFieldValue<DateTimeOffset>(1),
                Wish = JsonElement.Parse(reader.GetString(2)),
                ShownMovieIds = reader.GetFieldValue<int[]>(3),
                PlanMovieIds = reader.GetNullable<int[]>(4),
                StartsAt = reader.GetNullable<DateTimeOffset>(5),
                ShareId = reader.GetNullable<string>(6),
            }),
            Satisfaction = await AllAsync(Thumbs, reader => new ExportedThumb(
                reader.GetGuid(0), reader.GetInt32(1), reader.GetBoolean(2), reader.GetFieldValue<DateTimeOffset>(3))),
            Clicks = await AllAsync(Clicks, reader => new ExportedClick(
                reader.GetInt32(0), reader.GetInt32(1), reader.GetFieldValue<DateTimeOffset>(2))),
        };

        async Task<IReadOnlyList<T>> AllAsync<T>(SqlStatement statement, Func<NpgsqlDataReader, T> read)
        {
            await using var command = connection.CreateCommand(statement, [travellerId]).Within(TimeoutSeconds);
            return await command.ReadAllAsync(read, cancellationToken);
        }
    }

    private static ExportedMovie ReadMovie(NpgsqlDataReader reader) =>
        new(reader.GetInt32(0), reader.GetNullable<string>(1), reader.GetNullable<int>(2));
}
