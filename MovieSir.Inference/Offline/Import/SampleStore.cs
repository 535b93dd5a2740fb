using MovieSir.Data.Sql;
using Npgsql;

namespace MovieSir.Inference.Offline.Import;

/// <summary>The rows of the sample catalog, which real movies and ratings replace (<see cref="SampleReplacement"/>).</summary>
internal sealed class SampleStore(NpgsqlConnection connection) : ImportStore(connection)
{
    private static readonly SqlStatement HasOther = new(
        "SELECT EXISTS (SELECT FROM catalog.movies WHERE NOT is_sample) OR EXISTS (SELECT FROM catalog.rating_sources WHERE name <> $1)", "text");

    private static readonly SqlStatement RemoveMovies = new("DELETE FROM catalog.movies WHERE is_sample");

    private static readonly SqlStatement RemoveRatings = new(
        "DELETE FROM catalog.ratings USING catalog.rating_sources source WHERE source.source_id = ratings.source_id AND source.name = $1", "text");

    private static readonly SqlStatement RemoveSource = new("DELETE FROM catalog.rating_sources WHERE name = $1", "text");

    /// <summary>Whether the catalog has a movie or a rating source that is not the sample's.</summary>
    public static async Task<bool> HasOtherDataAsync(NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(HasOther, [SampleReplacement.RatingSource]);
        return await command.ScalarAsync<bool>(cancellationToken);
    }

    /// <returns>The number of movies removed.</returns>
    public Task<int> RemoveMoviesAsync(CancellationToken cancellationToken) => ExecuteAsync(RemoveMovies, cancellationToken);

    /// <summary>Removes the simulated ratings, their tags and their source.</summary>
    /// <returns>The number of ratings removed.</returns>
    public async Task<int> RemoveRatingsAsync(CancellationToken cancellationToken)
    {
        var removed = await ExecuteAsync(RemoveRatings, [SampleReplacement.RatingSource], cancellationToken);
        await ExecuteAsync(RemoveSource, [SampleReplacement.RatingSource], cancellationToken);
        return removed;
    }
}
