using MovieSir.Inference.Offline.Import;
using MovieSir.Inference.Offline.Import.Movies;
using MovieSir.Inference.Offline.Import.Reading;
using Npgsql;
using Pgvector;

namespace MovieSir.Inference.Offline.Datasets;

/// <summary>Where the movies that are ranked can come from.</summary>
internal static class MovieSources
{
    /// <summary>Movies of a file of JSON lines in the shape of TMDB's movie-details answer.</summary>
    /// <exception cref="ImportException">The file cannot be read.</exception>
    public static async Task<IReadOnlyList<CandidateMovie>> ReadJsonLinesAsync(string path, CancellationToken cancellationToken)
    {
        await using var content = await new InputFile(path).OpenAsync(cancellationToken);
        var records = new JsonRecordReader(content);
        var movies = new Dictionary<int, CandidateMovie>();
        while (await records.ReadAsync(cancellationToken) is { } record)
        {
            var readings = record.Fault == LineFault.None ? MovieReader.ReadAll(record.Bytes, static _ => { }) : [];
            foreach (var movie in readings.Select(reading => reading.Movie).OfType<MovieRecord>())
            {
                movies[movie.MovieId] = new CandidateMovie(movie.MovieId)
                {
                    Genres = movie.Genres?.Select(genre => genre.GenreId).ToArray() ?? [],
                    VoteAverage = movie.VoteAverage ?? 0f,
                    VoteCount = movie.VoteCount ?? 0,
                    ReleaseDate = movie.ReleaseDate,
                    RuntimeMinutes = movie.RuntimeMinutes,
                };
            }
        }

        return movies.Count > 0 ? [.. movies.Values] : throw new ImportException($"{path} holds no movie: JSON lines in the shape of TMDB's movie details are expected.");
    }

    /// <summary>The movies of the catalog, with the embeddings of the encoder that was last used.</summary>
    /// <param name="source">The database.</param>
    /// <param name="withStubs">Whether to take also the movies that only a ratings source knows.</param>
    /// <param name="cancellationToken">Ends reading.</param>
    public static async Task<IReadOnlyList<CandidateMovie>> ReadDatabaseAsync(NpgsqlDataSource source, bool withStubs, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand("""
            SELECT f.movie_id, f.vote_average, f.vote_count, f.release_date,
                   ARRAY(SELECT g.genre_id FROM catalog.movie_genres g WHERE g.movie_id = f.movie_id ORDER BY g.genre_id),
                   e.embedding, f.runtime_minutes
            FROM catalog.movies f
            LEFT JOIN catalog.movie_embeddings e ON e.movie_id = f.movie_id
                AND e.encoder_id = (SELECT encoder_id FROM catalog.movie_embeddings ORDER BY updated_at DESC LIMIT 1)
            WHERE $1 OR NOT f.is_stub
            """);
        command.Parameters.Add(new() { Value = withStubs });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var movies = new List<CandidateMovie>();
        while (await reader.ReadAsync(cancellationToken))
        {
            movies.Add(new CandidateMovie(reader.GetInt32(0))
            {
                VoteAverage = reader.GetFloat(1),
                VoteCount = reader.GetInt32(2),
                ReleaseDate = reader.IsDBNull(3) ? null : reader.GetFieldValue<DateOnly>(3),
                Genres = reader.GetFieldValue<int[]>(4),
                RuntimeMinutes = reader.IsDBNull(6) ? null : reader.GetInt16(6),
                Embedding = reader.IsDBNull(5) ? null : reader.GetFieldValue<Vector>(5).ToArray(),
            });
        }

        return movies;
    }
}
