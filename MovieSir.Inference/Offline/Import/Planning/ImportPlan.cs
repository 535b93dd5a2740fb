using MovieSir.Inference.Offline.Import.MovieLens;
using MovieSir.Inference.Offline.Import.Movies;
using MovieSir.Inference.Offline.Import.Reading;

namespace MovieSir.Inference.Offline.Import.Planning;

/// <summary>What kind of thing the paths of a command are.</summary>
internal enum ImportKind
{
    /// <summary>To be found out by looking.</summary>
    Any,

    Movies,
    MovieLens,
}

/// <summary>Finds out what can be imported from paths: movies first, so that ratings find them.</summary>
internal static class ImportPlan
{
    private const int MaxSourceNameChars = 100;
    private const string LinksFile = "links.csv";
    private const string MoviesFile = "movies.csv";
    private const string RatingsFile = "ratings.csv";
    private const string TagsFile = "tags.csv";
    private static readonly string[] MovieExtensions = [".jsonl", ".jsonl.gz", ".ndjson", ".ndjson.gz"];

    // Of a folder only the files above are taken: JSON is also settings and much else.
    private static readonly string[] NamedMovieExtensions = [.. MovieExtensions, ".json", ".json.gz"];

    /// <summary>Looks at the paths.</summary>
    /// <param name="paths">Files and folders.</param>
    /// <param name="kind">What they are said to be.</param>
    /// <param name="source">Name for the ratings source in place of the folder's or archive's own.</param>
    /// <param name="pipes">Keeps what comes through pipes; it must outlive the jobs.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <exception cref="ImportException">A path does not exist, or holds nothing that can be imported.</exception>
    public static async Task<IReadOnlyList<ImportJob>> CreateAsync(
        IReadOnlyList<string> paths, ImportKind kind, string? source, PipedInputs pipes, CancellationToken cancellationToken)
    {
        var movies = new List<ImportJob>();
        var ratings = new List<ImportJob>();
        foreach (var path in paths.Select(path => path == "-" ? path : Path.GetFullPath(path)).Distinct())
        {
            var found = movies.Count + ratings.Count;
            if (kind is ImportKind.Any or ImportKind.Movies && await pipes.KeepAsync(path, cancellationToken) is { } piped)
            {
                movies.Add(await MovieFileJob.CreateAsync(piped, cancellationToken));
                continue;
            }

            if (kind is ImportKind.Any or ImportKind.Movies)
            {
                foreach (var file in FindMovieFiles(path, kind))
                {
                    movies.Add(await MovieFileJob.CreateAsync(new InputFile(file), cancellationToken));
                }
            }

            if (kind is ImportKind.Any or ImportKind.MovieLens)
            {
                ratings.AddRange(await FindMovieLensAsync(path, source, cancellationToken));
            }

            if (movies.Count + ratings.Count == found)
            {
                throw new ImportException(Nothing(path, kind));
            }
        }

        return [.. movies, .. ratings];
    }

    private static IEnumerable<string> FindMovieFiles(string path, ImportKind kind)
    {
        if (File.Exists(path))
        {
            return kind == ImportKind.Movies || HasExtension(path, NamedMovieExtensions) ? [path] : [];
        }

        return Directory.Exists(path)
            ? Directory.EnumerateFiles(path).Where(file => HasExtension(file, MovieExtensions)).Order(StringComparer.Ordinal)
            : [];
    }

    private static bool HasExtension(string path, string[] extensions) =>
        extensions.Any(extension => path.EndsWith(extension, StringComparison.OrdinalIgnoreCase));

    private static async Task<IEnumerable<ImportJob>> FindMovieLensAsync(string path, string? source, CancellationToken cancellationToken)
    {
        if (File.Exists(path))
        {
            return path.EndsWith(".zip", StringComparison.OrdinalIgnoreCase) ? await FromArchiveAsync(path, source, cancellationToken) : [];
        }

        if (!Directory.Exists(path))
        {
            return [];
        }

        // The folder itself, or the folders in it.
        var folders = Directory.EnumerateDirectories(path).Order(StringComparer.Ordinal).Prepend(path).Where(IsMovieLens).ToArray();
        if (source is not null && folders.Length > 1)
        {
            throw new ImportException($"{path} holds {folders.Length} MovieLens folders; --source can name one only. Import them one by one.");
        }

        return folders.SelectMany(folder => Jobs(
            source ?? SourceName(folder), name => Path.Combine(folder, name) is var file && File.Exists(file) ? new InputFile(file) : null));
    }

    private static bool IsMovieLens(string folder) =>
        File.Exists(Path.Combine(folder, LinksFile))
        && (File.Exists(Path.Combine(folder, RatingsFile)) || File.Exists(Path.Combine(folder, MoviesFile))
            || File.Exists(Path.Combine(folder, TagsFile)));

    /// <summary>
    /// A source is called as its folder; one that is called <c>ratings</c> as the folder that it lies in, for example <c>sample</c>.
    /// </summary>
    private static string SourceName(string folder)
    {
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(folder));
        return name == "ratings" && Path.GetFileName(Path.GetDirectoryName(folder)) is { Length: > 0 } parent ? parent : name;
    }

    private static async Task<IEnumerable<ImportJob>> FromArchiveAsync(string path, string? source, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(path);
        await using var archive = await InputFile.OpenArchiveAsync(file, path, cancellationToken);
        var links = archive.Entries
            .Where(entry => entry.Name == LinksFile)
            .OrderBy(entry => entry.FullName.Count(character => character == '/'))
            .ThenBy(entry => entry.FullName, StringComparer.Ordinal)
            .FirstOrDefault();
        if (links is null)
        {
            return [];
        }

        var prefix = links.FullName[..^LinksFile.Length];
        var entries = archive.Entries.Select(entry => entry.FullName).ToHashSet(StringComparer.Ordinal);
        return Jobs(
            source ?? Path.GetFileNameWithoutExtension(path),
            name => entries.Contains(prefix + name) ? new InputFile(path, prefix + name) : null).ToArray();
    }

    private static IEnumerable<ImportJob> Jobs(string name, Func<string, InputFile?> find)
    {
        // A folder's name has its letters apart where it comes from another system, and would be another source.
        var source = Text.Clean(name) ?? "";
        if (source.Length is 0 or > MaxSourceNameChars || source.Any(char.IsControl) || source.Contains('/', StringComparison.Ordinal))
        {
            throw new ImportException($"\"{source}\" cannot name a ratings source: 1 to {MaxSourceNameChars} characters, no slash.");
        }

        var set = new MovieLensSet(source, find(LinksFile)!);
        if (find(MoviesFile) is { } movies)
        {
            yield return new MoviesJob(set, movies);
        }

        if (find(RatingsFile) is { } ratings)
        {
            yield return new RatingsJob(set, ratings);
        }

        if (find(TagsFile) is { } tags)
        {
            yield return new TagsJob(set, tags);
        }
    }

    private static string Nothing(string path, ImportKind kind)
    {
        if (!File.Exists(path) && !Directory.Exists(path))
        {
            return $"{path} does not exist.";
        }

        const string MovieLensShape =
            "a MovieLens folder or .zip with links.csv and ratings.csv, movies.csv or tags.csv (ml-latest, ml-20m and newer)";
        const string MoviesShape = "movies as JSON (.jsonl, .ndjson, .json, also with .gz)";
        return kind switch
        {
            ImportKind.Movies => $"{path} holds no {MoviesShape}.",
            ImportKind.MovieLens => $"{path} is not {MovieLensShape}.",
            _ => $"{path} holds nothing that can be imported: it is neither {MovieLensShape}, nor {MoviesShape}.",
        };
    }
}
