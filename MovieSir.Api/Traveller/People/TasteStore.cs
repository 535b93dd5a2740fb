using MovieSir.Data.Sql;
using Npgsql;

namespace MovieSir.Api.Traveller.People;

/// <summary>What a traveller said of one movie.</summary>
internal sealed record MovieOpinion(bool Watched, double? Rating, bool NotForMe);

/// <summary>What travellers have seen, do not want to see, and picked: all of it can be undone.</summary>
internal sealed class TasteStore(NpgsqlDataSource dataSource)
{
    // A movie that is marked again keeps what was said of it before and is not said anew.
    private static readonly SqlStatement MarkWatched = new("""
        INSERT INTO b2c.watched_movies AS watched (traveller_id, movie_id, half_stars, watched_on, updated_at)
        SELECT $1, movie_id, $3, $4, $5 FROM catalog.movies WHERE movie_id = $2
        ON CONFLICT (traveller_id, movie_id) DO UPDATE SET
          half_stars = CASE WHEN NOT $6 THEN coalesce(excluded.half_stars, watched.half_stars) END,
          watched_on = coalesce(excluded.watched_on, watched.watched_on), updated_at = excluded.updated_at
        """, "uuid", "integer", "smallint", "date", "timestamptz", "boolean");

    private static readonly SqlStatement UnmarkWatched = new(
        "DELETE FROM b2c.watched_movies WHERE traveller_id = $1 AND movie_id = $2", "uuid", "integer");

    private static readonly SqlStatement Reject = new("""
        INSERT INTO b2c.rejected_movies (traveller_id, movie_id, rejected_at)
        SELECT $1, movie_id, $3 FROM catalog.movies WHERE movie_id = $2
        ON CONFLICT (traveller_id, movie_id) DO UPDATE SET rejected_at = excluded.rejected_at
        """, "uuid", "integer", "timestamptz");

    private static readonly SqlStatement Unreject = new(
        "DELETE FROM b2c.rejected_movies WHERE traveller_id = $1 AND movie_id = $2", "uuid", "integer");

    private static readonly SqlStatement Opinion = new("""
        SELECT EXISTS (SELECT FROM b2c.watched_movies WHERE traveller_id = $1 AND movie_id = $2),
          (SELECT half_stars FROM b2c.watched_movies WHERE traveller_id = $1 AND movie_id = $2),
          EXISTS (SELECT FROM b2c.rejected_movies WHERE traveller_id = $1 AND movie_id = $2)
        """, "uuid", "integer");

    private static readonly SqlStatement RemoveProviders = new(
        "DELETE FROM b2c.traveller_providers WHERE traveller_id = $1 AND provider_id <> ALL ($2)", "uuid", "integer[]");

    private static readonly SqlStatement AddProviders = new("""
        INSERT INTO b2c.traveller_providers (traveller_id, provider_id)
        SELECT $1, provider_id FROM catalog.providers WHERE provider_id = ANY ($2)
        ON CONFLICT DO NOTHING
        """, "uuid", "integer[]");

    private static readonly SqlStatement RemoveAnswers = new(
        "DELETE FROM b2c.survey_answers WHERE traveller_id = $1 AND movie_id <> ALL ($2)", "uuid", "integer[]");

    private static readonly SqlStatement AddAnswers = new("""
        INSERT INTO b2c.survey_answers (traveller_id, movie_id, answered_at)
        SELECT $1, movie_id, $3 FROM catalog.movies WHERE movie_id = ANY ($2)
        ON CONFLICT DO NOTHING
        """, "uuid", "integer[]", "timestamptz");

    private static readonly SqlStatement CompleteOnboarding = new(
        "UPDATE b2c.travellers SET onboarded_at = coalesce(onboarded_at, $2) WHERE traveller_id = $1", "uuid", "timestamptz");

    /// <returns>False where the catalog has no such movie.</returns>
    public Task<bool> MarkWatchedAsync(
        Guid travellerId, int movieId, double? rating, bool withoutRating, DateOnly? watchedOn, DateTimeOffset now,
        CancellationToken cancellationToken) =>
        ExecuteAsync(MarkWatched, [travellerId, movieId, HalfStars(rating), watchedOn, now, withoutRating], cancellationToken);

    public Task UnmarkWatchedAsync(Guid travellerId, int movieId, CancellationToken cancellationToken) =>
        ExecuteAsync(UnmarkWatched, [travellerId, movieId], cancellationToken);

    /// <returns>False where the catalog has no such movie.</returns>
    public Task<bool> RejectAsync(Guid travellerId, int movieId, DateTimeOffset now, CancellationToken cancellationToken) =>
        ExecuteAsync(Reject, [travellerId, movieId, now], cancellationToken);

    public Task UnrejectAsync(Guid travellerId, int movieId, CancellationToken cancellationToken) =>
        ExecuteAsync(Unreject, [travellerId, movieId], cancellationToken);

    public async Task<MovieOpinion> OpinionAsync(Guid travellerId, int movieId, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(Opinion, [travellerId, movieId]);
        return (await command.ReadFirstAsync(
            reader => new MovieOpinion(reader.GetBoolean(0), reader.GetNullable<short>(1) / 2.0, reader.GetBoolean(2)), cancellationToken))!;
    }

    /// <summary>Replaces the streaming services that a traveller has. Ids that the catalog lacks are left out.</summary>
    public Task SetProvidersAsync(Guid travellerId, int[] providerIds, CancellationToken cancellationToken) => TogetherAsync(
        [(RemoveProviders, [travellerId, providerIds]), (AddProviders, [travellerId, providerIds])], cancellationToken);

    /// <summary>Replaces the movies that a traveller picked in onboarding, which is then done.</summary>
    public Task SetAnswersAsync(Guid travellerId, int[] movieIds, DateTimeOffset now, CancellationToken cancellationToken) => TogetherAsync(
        [
            (RemoveAnswers, [travellerId, movieIds]), (AddAnswers, [travellerId, movieIds, now]), (CompleteOnboarding, [travellerId, now]),
        ],
        cancellationToken);

    public Task CompleteOnboardingAsync(Guid travellerId, DateTimeOffset now, CancellationToken cancellationToken) =>
        ExecuteAsync(CompleteOnboarding, [travellerId, now], cancellationToken);

    /// <summary>Half stars, 1 to 10, of a rating from 0.5 to 5.</summary>
    public static short? HalfStars(double? rating) =>
        rating is { } stars ? (short)Math.Clamp(Math.Round(stars * 2, MidpointRounding.AwayFromZero), 1, 10) : null;

    private async Task<bool> ExecuteAsync(SqlStatement statement, object?[] values, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(statement, values);
        return await command.ExecuteNonQueryAsync(cancellationToken) > 0;
    }

    private async Task TogetherAsync((SqlStatement Statement, object?[] Values)[] steps, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection); // one transaction
        foreach (var (statement, values) in steps)
        {
            batch.Add(statement, values);
        }

        await batch.ExecuteNonQueryAsync(cancellationToken);
    }
}
