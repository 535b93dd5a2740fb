using MovieSir.Data.Sql;
using Npgsql;

namespace MovieSir.Inference.Offline.Import.MovieLens;

/// <summary>Where ratings come from (<c>catalog.rating_sources</c>).</summary>
internal sealed class RatingSourceStore(NpgsqlConnection connection) : ImportStore(connection)
{
    private static readonly SqlStatement Find = new("SELECT source_id FROM catalog.rating_sources WHERE name = $1", "text");

    private static readonly SqlStatement Add = new("INSERT INTO catalog.rating_sources (name) VALUES ($1) RETURNING source_id", "text");

    /// <summary>The id of a source. The caller holds the source's lock, so that no id of the sequence is lost to a conflict.</summary>
    public async Task<short> FindOrAddAsync(string name, CancellationToken cancellationToken) =>
        await ScalarAsync<short?>(Find, [name], cancellationToken) ?? await ScalarAsync<short>(Add, [name], cancellationToken);
}
