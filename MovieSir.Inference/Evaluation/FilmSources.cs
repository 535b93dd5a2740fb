using MovieSir.Inference.Import;
using MovieSir.Inference.Import.Films;
using MovieSir.Inference.Import.Reading;
using Npgsql;
using Pgvector;

namespace MovieSir.Inference.Evaluation;

/// <summary>Where the films that are ranked can come from.</summary>
internal static class FilmSources
{
    /// <summary>Films of a file of JSON lines in the shape of TMDB's movie-details answer.</summary>
    /// <exception cref="ImportException">The file cannot be read.</exception>
    public static async Task<IReadOnlyList<CandidateFilm>> ReadJsonLinesAsync(string path, CancellationToken cancellationToken)
    {
        await using var content = await new InputFile(path).OpenAsync(cancellationToken);
        var lines = new LineReader(content);
        var films = new Dictionary<int, CandidateFilm>();
        while (await lines.ReadAsync(cancellationToken) is { } line)
        {
            if (line.Fault == LineFault.None && FilmReader.Read(line.Span, static _ => { }).Film is { } film)
            {
                films[film.MovieId] = new CandidateFilm(film.MovieId)
                {
                    Genres = film.Genres?.Select(genre => genre.GenreId).ToArray() ?? [],
                    VoteAverage = film.VoteAverage ?? 0f,
                    VoteCount = film.VoteCount ?? 0,
                    ReleaseDate = film.ReleaseDate,
                    RuntimeMinutes = film.RuntimeMinutes,
                };
            }
        }

        return films.Count > 0 ? [.. films.Values] : throw new ImportException($"{path} holds no film: JSON lines in the shape of TMDB's movie details are expected.");
    }

    /// <summary>The films of the catalogue, with the embeddings of the encoder that was last used.</summary>
    /// <param name="source">The database.</param>
    /// <param name="withStubs">Whether to take also the films that only a ratings source knows.</param>
    /// <param name="cancellationToken">Ends reading.</param>
    public static async Task<IReadOnlyList<CandidateFilm>> ReadDatabaseAsync(NpgsqlDataSource source, bool withStubs, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand("""
            SELECT f.movie_id, f.vote_average, f.vote_count, f.release_date,
                   ARRAY(SELECT g.genre_id FROM catalog.film_genres g WHERE g.movie_id = f.movie_id ORDER BY g.genre_id),
                   e.embedding, f.runtime_minutes
            FROM catalog.films f
            LEFT JOIN catalog.film_embeddings e ON e.movie_id = f.movie_id
                AND e.encoder_id = (SELECT encoder_id FROM catalog.film_embeddings ORDER BY updated_at DESC LIMIT 1)
            WHERE $1 OR NOT f.is_stub
            """);
        command.Parameters.Add(new() { Value = withStubs });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var films = new List<CandidateFilm>();
        while (await reader.ReadAsync(cancellationToken))
        {
            films.Add(new CandidateFilm(reader.GetInt32(0))
            {
                VoteAverage = reader.GetFloat(1),
                VoteCount = reader.GetInt32(2),
                ReleaseDate = reader.IsDBNull(3) ? null : reader.GetFieldValue<DateOnly>(3),
                Genres = reader.GetFieldValue<int[]>(4),
                RuntimeMinutes = reader.IsDBNull(6) ? null : reader.GetInt16(6),
                Embedding = reader.IsDBNull(5) ? null : reader.GetFieldValue<Vector>(5).ToArray(),
            });
        }

        return films;
    }
}
