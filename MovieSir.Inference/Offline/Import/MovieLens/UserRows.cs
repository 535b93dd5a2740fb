using System.Globalization;

namespace MovieSir.Inference.Offline.Import.MovieLens;

/// <summary>What ratings and tags have in common: users of a source, and times.</summary>
internal static class UserRows
{
    // 2100-01-01: a time after it is in milliseconds, or wrong.
    private const long MaxUnixSeconds = 4_102_444_800;

    /// <summary>One source's ratings and tags are written by one import at a time.</summary>
    public static string LockName(string source) => $"catalog.rating_sources/{source}";

    public static bool TryGetTime(long unixSeconds, out DateTime time)
    {
        var known = unixSeconds is >= 0 and < MaxUnixSeconds;
        time = known ? DateTime.UnixEpoch.AddSeconds(unixSeconds) : default;
        return known;
    }

    /// <summary>The id of a source; within the lock, so that no id of the sequence is wasted on a conflict.</summary>
    public static async Task<short> FindOrAddSourceAsync(ImportTransaction import, string name, CancellationToken cancellationToken) =>
        (short)(await import.ScalarAsync("SELECT source_id FROM catalog.rating_sources WHERE name = $1", cancellationToken, name)
            ?? await import.ScalarAsync("INSERT INTO catalog.rating_sources (name) VALUES ($1) RETURNING source_id", cancellationToken, name))!;

    public static IReadOnlyList<string> Notes(long superseded, string what) => superseded == 0
        ? []
        : [string.Create(CultureInfo.InvariantCulture, $"{superseded:N0} {what}: the latest counts.")];
}
