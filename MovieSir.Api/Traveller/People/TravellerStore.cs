using MovieSir.Data.Accounts;
using MovieSir.Data.Sql;
using Npgsql;

namespace MovieSir.Api.Traveller.People;

/// <summary>A traveller as the app shows one.</summary>
internal sealed record TravellerSummary
{
    public required string? Email { get; init; }

    public required string? Nickname { get; init; }

    public required Language? Language { get; init; }

    public required bool ShowAdult { get; init; }

    public required DateTimeOffset? OnboardedAt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required int[] ProviderIds { get; init; }

    /// <summary>The movies picked in onboarding.</summary>
    public required int[] SurveyMovieIds { get; init; }

    public required int Watched { get; init; }

    public required int NotForMe { get; init; }

    public required int Sessions { get; init; }
}

/// <summary>Travellers, with an account or without.</summary>
internal sealed class TravellerStore(NpgsqlDataSource dataSource)
{
    private static readonly SqlStatement Summary = new("""
        SELECT account.email, nickname, coalesce(account.language, traveller.language), show_adult, onboarded_at, traveller.created_at,
          ARRAY(SELECT provider_id FROM b2c.traveller_providers WHERE traveller_id = $1 ORDER BY provider_id),
          ARRAY(SELECT movie_id FROM b2c.survey_answers WHERE traveller_id = $1 ORDER BY answered_at, movie_id),
          (SELECT count(*)::integer FROM b2c.watched_movies WHERE traveller_id = $1),
          (SELECT count(*)::integer FROM b2c.rejected_movies WHERE traveller_id = $1),
          (SELECT count(*)::integer FROM b2c.recommendation_sessions WHERE traveller_id = $1)
        FROM b2c.travellers AS traveller LEFT JOIN accounts.accounts AS account USING (account_id)
        WHERE traveller_id = $1
        """, "uuid");

    // An account's language is that of its mails, and stands with it.
    private static readonly SqlStatement Change = new("""
        WITH changed AS (
          UPDATE b2c.travellers SET show_adult = coalesce($3, show_adult), language = CASE WHEN account_id IS NULL THEN coalesce($2, language) END
          WHERE traveller_id = $1 RETURNING account_id)
        UPDATE accounts.accounts SET language = coalesce($2, language) FROM changed WHERE accounts.account_id = changed.account_id
        """, "uuid", "text", "boolean");

    public async Task<TravellerSummary> SummaryAsync(Guid travellerId, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(Summary, [travellerId]);
        return await command.ReadFirstAsync(
            reader => new TravellerSummary
            {
                Email = reader.GetNullable<string>(0),
                Nickname = reader.GetNullable<string>(1),
                Language = reader.GetNullable<string>(2) is { } language ? Enum.Parse<Language>(language) : null,
                ShowAdult = reader.GetBoolean(3),
                OnboardedAt = reader.GetNullable<DateTimeOffset>(4),
                CreatedAt = reader.GetFieldValue<DateTimeOffset>(5),
                ProviderIds = reader.GetFieldValue<int[]>(6),
                SurveyMovieIds = reader.GetFieldValue<int[]>(7),
                Watched = reader.GetInt32(8),
                NotForMe = reader.GetInt32(9),
                Sessions = reader.GetInt32(10),
            },
            cancellationToken) ?? throw new InvalidOperationException("The traveller of this call is gone.");
    }

    /// <summary>Changes what is given.</summary>
    public async Task ChangeAsync(Guid travellerId, Language? language, bool? showAdult, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(Change, [travellerId, language?.ToString(), showAdult]);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
