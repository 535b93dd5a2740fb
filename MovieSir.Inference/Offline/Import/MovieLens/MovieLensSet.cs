using System.Globalization;
using System.Security.Cryptography;
using MovieSir.Inference.Offline.Import.Reading;

namespace MovieSir.Inference.Offline.Import.MovieLens;

/// <summary>Where a MovieLens movie is to be found elsewhere.</summary>
internal readonly record struct MovieLensLink(int TmdbId, string? ImdbId);

/// <summary>One MovieLens folder or archive: its name, its files, and its links from MovieLens' ids to TMDB's, read once.</summary>
internal sealed class MovieLensSet(string name, InputFile linksFile)
{
    // MovieLens has 87,585 movies (ml-32m).
    private const int MaxLinks = 5_000_000;

    private Dictionary<int, MovieLensLink>? _links;
    private byte[]? _linksSha256;

    /// <summary>Name of the ratings source.</summary>
    public string Name => name;

    /// <summary>Links by MovieLens id; movies without a TMDB id are absent.</summary>
    /// <exception cref="ImportException">links.csv cannot be read.</exception>
    public async Task<IReadOnlyDictionary<int, MovieLensLink>> GetLinksAsync(ImportConsole console, CancellationToken cancellationToken) =>
        _links ??= await ReadAsync(console, cancellationToken);

    /// <summary>SHA-256 over a file's digest and that of the links: what the file is imported as depends on both.</summary>
    public async Task<byte[]> FingerprintAsync(byte[] fileSha256, CancellationToken cancellationToken)
    {
        _linksSha256 ??= await linksFile.HashAsync(cancellationToken);
        return SHA256.HashData([.. fileSha256, .. _linksSha256]);
    }

    /// <summary>IMDb's id, which MovieLens gives as a number and others as IMDb writes it.</summary>
    private static string? ImdbId(CsvFile csv)
    {
        if (!csv.TryGetInt32(1, out var number))
        {
            var text = csv.GetString(1);
            _ = text.StartsWith("tt", StringComparison.Ordinal)
                && int.TryParse(text.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out number);
        }

        return number > 0 ? string.Create(CultureInfo.InvariantCulture, $"tt{number:D7}") : null;
    }

    private async Task<Dictionary<int, MovieLensLink>> ReadAsync(ImportConsole console, CancellationToken cancellationToken)
    {
        var links = new Dictionary<int, MovieLensLink>();
        var faulty = 0;
        await using var content = await linksFile.OpenAsync(cancellationToken);
        var csv = await CsvFile.OpenAsync(content, linksFile.Name, ["movieId", "imdbId", "tmdbId"], (_, _, _) => faulty++, cancellationToken);
        while (await csv.ReadAsync(cancellationToken))
        {
            if (csv.IsEmpty(2))
            {
                continue;
            }

            if (!csv.TryGetInt32(0, out var movieId) || !csv.TryGetInt32(2, out var tmdbId) || movieId <= 0 || tmdbId <= 0)
            {
                faulty++;
                continue;
            }

            if (links.Count == MaxLinks)
            {
                throw new ImportException($"{linksFile.Name} holds more than {MaxLinks} movies: it is no MovieLens file.");
            }

            links[movieId] = new MovieLensLink(tmdbId, ImdbId(csv));
        }

        if (faulty > 0)
        {
            console.WriteLine($"{name}/{linksFile.Name}: {faulty} lines cannot be read; what they link counts as having no TMDB id.");
        }

        return links;
    }
}
