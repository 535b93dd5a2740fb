using MovieSir.Data.Sql;
using Npgsql;

namespace MovieSir.Inference.Offline.Datasets;

/// <summary>Reads <c>catalog.ratings</c> as a stream; what is kept in memory is 16 bytes a rating.</summary>
internal sealed class RatingStore(NpgsqlDataSource source)
{
    private const int ReadTimeoutSeconds = 3600;

    private static readonly SqlStatement Ratings = new(
        """
        SELECT r.source_id, r.user_id, r.movie_id, r.value, r.rated_at
        FROM catalog.ratings r JOIN catalog.rating_sources s USING (source_id)
        WHERE r.value >= $1 AND (cardinality($2) = 0 OR s.name = ANY ($2))
        """,
        "real", "text[]");

    private static readonly SqlStatement Sources = new("SELECT name FROM catalog.rating_sources ORDER BY source_id");

    /// <param name="sourceNames">Which sources; empty for all.</param>
    /// <param name="minimum">Ratings below are left out.</param>
    /// <param name="cancellationToken">Ends reading.</param>
    /// <exception cref="UnknownRatingSourceException">A source does not exist.</exception>
    public async Task<RatingSet> ReadAsync(IReadOnlyCollection<string> sourceNames, float minimum, CancellationToken cancellationToken)
    {
        var builder = new RatingSetBuilder();
        await ReadIntoAsync(builder, sourceNames, minimum, cancellationToken);
        return builder.Build();
    }

    /// <summary>As <see cref="ReadAsync"/>, into a builder that others add to as well.</summary>
    public async Task ReadIntoAsync(
        RatingSetBuilder builder, IReadOnlyCollection<string> sourceNames, float minimum, CancellationToken cancellationToken)
    {
        var known = await SourcesAsync(cancellationToken);
        if (sourceNames.FirstOrDefault(name => !known.Contains(name)) is { } unknown)
        {
            throw new UnknownRatingSourceException(unknown, known);
        }

        await using var command = source.CreateCommand(Ratings, [minimum, sourceNames.ToArray()]).Within(ReadTimeoutSeconds);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var ratedAt = new DateTimeOffset(reader.GetDateTime(4));
            builder.Add(new UserKey(reader.GetInt16(0), reader.GetInt32(1)), reader.GetInt32(2), reader.GetFloat(3), ratedAt.ToUnixTimeSeconds());
        }
    }

    private async Task<IReadOnlyList<string>> SourcesAsync(CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(Sources);
        return await command.ReadAllAsync(reader => reader.GetString(0), cancellationToken);
    }
}

/// <summary>A rating source that the database does not have.</summary>
internal sealed class UnknownRatingSourceException(string name, IReadOnlyCollection<string> known)
    : Exception($"There is no rating source {name}. {Known(known)}")
{
    private static string Known(IReadOnlyCollection<string> known) =>
        known.Count == 0 ? "The database has none: import ratings first." : $"There are: {string.Join(", ", known)}.";
}
