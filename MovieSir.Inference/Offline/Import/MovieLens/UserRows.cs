using System.Globalization;

namespace MovieSir.Inference.Offline.Import.MovieLens;

/// <summary>What a merge did.</summary>
/// <param name="Written">Rows that were added or are different now.</param>
/// <param name="Removed">Rows of the source that the file no longer has.</param>
/// <param name="Superseded">Rows of the file that a later one of the same user and movie replaces.</param>
internal readonly record struct UserRowMerge(long Written, long Removed, long Superseded);

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

    public static IReadOnlyList<string> Notes(long superseded, string what) => superseded == 0
        ? []
        : [string.Create(CultureInfo.InvariantCulture, $"{superseded:N0} {what}: the latest counts.")];
}
