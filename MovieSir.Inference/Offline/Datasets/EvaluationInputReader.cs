using MovieSir.Inference.Offline.Import;
using MovieSir.Inference.Offline.Import.Reading;
using Npgsql;

namespace MovieSir.Inference.Offline.Datasets;

/// <summary>Reads rating sets by name: a MovieLens folder where there is one of that name, or else a rating source of the database.</summary>
/// <param name="source">Null where nothing is read from the database.</param>
/// <param name="encoder">Name of the encoder whose embeddings are read with the database's movies; null for none.</param>
/// <param name="console">Says what cannot be read.</param>
internal sealed class EvaluationInputReader(NpgsqlDataSource? source, string? encoder, ImportConsole console)
{
    /// <exception cref="ImportException">A folder is not one of MovieLens'.</exception>
    /// <exception cref="EvaluationException">A folder does not exist.</exception>
    /// <exception cref="UnknownRatingSourceException">The database does not have a source.</exception>
    public async Task<RatingSet> ReadRatingsAsync(IReadOnlyCollection<string> sets, CancellationToken cancellationToken)
    {
        if (sets.FirstOrDefault(set => set.Contains(Path.DirectorySeparatorChar) && !Directory.Exists(set)) is { } missing)
        {
            throw new EvaluationException($"There is no folder {missing}.");
        }

        var builder = new RatingSetBuilder();
        var folders = 0;
        foreach (var folder in sets.Where(Directory.Exists))
        {
            // Sources of the database are numbered from 1.
            await new MovieLensFolderReader(folder, console).AddRatingsAsync(builder, -++folders, cancellationToken);
        }

        if (sets.Where(set => !Directory.Exists(set)).ToArray() is { Length: > 0 } names)
        {
            await new RatingStore(source!).ReadIntoAsync(builder, names, 0f, cancellationToken);
        }

        return builder.Build();
    }

    /// <summary>Movies of the database, or of the folders.</summary>
    public async Task<IReadOnlyList<CandidateMovie>> ReadMoviesAsync(bool fromDatabase, IEnumerable<string> folders,
        CancellationToken cancellationToken)
    {
        if (fromDatabase)
        {
            return await new CandidateMovieStore(source!).ReadAsync(encoder, withStubs: false, cancellationToken);
        }

        var movies = new Dictionary<int, CandidateMovie>();
        foreach (var folder in folders)
        {
            foreach (var movie in await new MovieLensFolderReader(folder, console).ReadMoviesAsync(cancellationToken))
            {
                movies[movie.MovieId] = movie;
            }
        }

        return [.. movies.Values];
    }
}
