using MovieSir.Inference.Offline.Import.Reading;

namespace MovieSir.Inference.Offline.Import.MovieLens;

/// <summary>One file of a MovieLens set.</summary>
internal abstract class MovieLensJob(MovieLensSet set, InputFile file) : ImportJob
{
    protected const string NoLink = "the movie has no TMDB id in links.csv";

    public override string FileName => $"{Set.Name}/{File.Name}";

    public override InputFile File { get; } = file;

    protected MovieLensSet Set { get; } = set;

    /// <summary>Whether these are the sample's simulated viewers.</summary>
    protected bool IsSample => Set.Name == SampleReplacement.RatingSource;

    public override Task<byte[]> FingerprintAsync(byte[] fileSha256, CancellationToken cancellationToken) =>
        Set.FingerprintAsync(fileSha256, cancellationToken);

    /// <summary>Opens the CSV.</summary>
    protected Task<CsvFile> OpenAsync(ImportContext context, string[] columns, CancellationToken cancellationToken) =>
        CsvFile.OpenAsync(context.Content, FileName, columns, context.Rejects.Reject, cancellationToken);
}
