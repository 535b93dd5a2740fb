using MovieSir.Data.Sql;
using Npgsql;

namespace MovieSir.Api.Console.Quality;

/// <summary>How many movies of one track met one outcome, of those that were recommended on one day.</summary>
internal sealed record OutcomeSum(DateOnly Day, string Track, string Outcome, long Movies);

/// <summary>Reads what became of recommended movies, from sums that were made as the feedback was written.</summary>
internal sealed class QualityStore(NpgsqlDataSource dataSource)
{
    private const int TimeoutSeconds = 5;

    private static readonly SqlStatement Outcomes = new("""
        SELECT day, track, outcome, movies FROM b2b.track_outcomes WHERE company_id = $1 AND day BETWEEN $2 AND $3
        """, "uuid", "date", "date");

    public async Task<IReadOnlyList<OutcomeSum>> OutcomesAsync(Guid companyId, DateOnly from, DateOnly to, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(Outcomes, [companyId, from, to]).Within(TimeoutSeconds);
        return await command.ReadAllAsync(
            reader => new OutcomeSum(reader.GetFieldValue<DateOnly>(0), reader.GetString(1), reader.GetString(2), reader.GetInt64(3)),
            cancellationToken);
    }
}
