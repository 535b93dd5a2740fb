using System.Globalization;

namespace MovieSir.Inference.Offline.Import;

/// <summary>
/// The sample makes room for the real thing, each kind for its own: real movies take the place of the sample's movies, real ratings that of its
/// simulated ratings. It happens in the transaction that brings the real ones, and importing the sample again brings it back.
/// </summary>
internal static class SampleReplacement
{
    /// <summary>The ratings source of the sample catalog; a folder of this name is taken for the sample.</summary>
    public const string RatingSource = "sample";

    /// <summary>The kind of file that the sample's movies come in.</summary>
    public const string MovieKind = "sample-jsonl";

    /// <summary>Removes the sample's movies that no real movie has replaced.</summary>
    /// <returns>The number of movies removed.</returns>
    public static async Task<long> RemoveMoviesAsync(ImportTransaction import, CancellationToken cancellationToken)
    {
        var removed = await new SampleStore(import.Connection).RemoveMoviesAsync(cancellationToken);
        await new ImportRunStore(import.Connection).ForgetAsync(MovieKind, "%", cancellationToken);
        return removed;
    }

    /// <summary>Removes the simulated ratings and tags.</summary>
    /// <returns>The number of ratings removed.</returns>
    public static async Task<long> RemoveRatingsAsync(ImportTransaction import, CancellationToken cancellationToken)
    {
        var removed = await new SampleStore(import.Connection).RemoveRatingsAsync(cancellationToken);
        await new ImportRunStore(import.Connection).ForgetAsync("%", RatingSource + "/%", cancellationToken);
        return removed;
    }

    public static string Describe(long removed, string what) => string.Create(
        CultureInfo.InvariantCulture, $"Removed {removed:N0} {what} of the sample catalog (--keep-sample keeps them).");
}
