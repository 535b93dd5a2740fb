using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using Npgsql;

namespace MovieSir.Api.Partner.Movies;

/// <summary>Which availability counts as carrying a movie: the same setting, and the same section <c>Catalog</c>, as the engine's.</summary>
internal sealed class AvailabilityOptions : IValidatableObject
{
    private static readonly string[] DefaultRegions = ["KR", "US"];
    private static readonly string[] DefaultTerms = ["flatrate", "free", "ads"];

    /// <summary>Regions (ISO 3166-1 alpha-2). Empty: KR and US.</summary>
    public string[] Regions { get; set; } = [];

    /// <summary>Terms as TMDB names them. Empty: flatrate, free and ads.</summary>
    public string[] Terms { get; set; } = [];

    public string[] CountedRegions => Regions.Length > 0 ? Regions : DefaultRegions;

    public string[] CountedTerms => Terms.Length > 0 ? Terms : DefaultTerms;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Regions.Any(region => region.Length != 2))
        {
            yield return new ValidationResult("Catalog:Regions holds something that is no two-letter region.", [nameof(Regions)]);
        }
    }
}

/// <summary>A movie of the catalog: what is known of it, without anything that only a recommendation can say.</summary>
internal sealed record MovieAnswer
{
    public required int MovieId { get; init; }

    /// <summary>Equal to <see cref="MovieId"/>.</summary>
    public required int TmdbId { get; init; }

    public string? ImdbId { get; init; }

    /// <summary>The Korean title where there is one, else the English.</summary>
    public required string Title { get; init; }

    public string? OriginalTitle { get; init; }

    /// <summary>Minutes.</summary>
    public short? Runtime { get; init; }

    public required IReadOnlyList<string> Genres { get; init; }

    public float VoteAverage { get; init; }

    public int VoteCount { get; init; }

    public string? Overview { get; init; }

    public DateOnly? ReleaseDate { get; init; }

    public string? PosterPath { get; init; }

    /// <summary>Streaming services that carry it.</summary>
    public required IReadOnlyList<string> Otts { get; init; }
}

/// <summary>A genre in both languages; either name is understood.</summary>
internal sealed record GenreAnswer(int GenreId, string NameEn, string NameKo);

/// <summary>A streaming service; either name is understood.</summary>
internal sealed record OttAnswer(int ProviderId, string Name, string? NameKo, int Movies);

/// <summary>Reads movies, genres and streaming services from the catalog.</summary>
/// <remarks>Every method throws <see cref="NpgsqlException"/> or <see cref="TimeoutException"/> where the database does not answer.</remarks>
internal sealed class PartnerCatalog(NpgsqlDataSource dataSource, IOptions<AvailabilityOptions> availability)
{
    private const int TimeoutSeconds = 5;

    private const string MovieById = """
        SELECT movie.movie_id, imdb_id, title, title_ko, original_title, overview, overview_ko, release_date, runtime_minutes, vote_average, vote_count, poster_path,
          ARRAY(SELECT name_ko FROM catalog.movie_genres JOIN catalog.genres USING (genre_id) WHERE movie_genres.movie_id = movie.movie_id ORDER BY genre_id),
          ARRAY(SELECT DISTINCT coalesce(name_ko, name) FROM catalog.movie_providers JOIN catalog.providers USING (provider_id)
            WHERE movie_providers.movie_id = movie.movie_id AND region = ANY ($2) AND terms = ANY ($3) ORDER BY 1)
        FROM catalog.movies AS movie
        WHERE movie.movie_id = $1
        """;

    private const string GenrePage = "SELECT genre_id, name_en, name_ko FROM catalog.genres ORDER BY genre_id LIMIT $1 OFFSET $2";

    private const string OttPage = """
        SELECT provider_id, name, name_ko, count(DISTINCT movie_id)::int AS movies
        FROM catalog.providers JOIN catalog.movie_providers USING (provider_id)
        WHERE region = ANY ($3) AND terms = ANY ($4)
        GROUP BY provider_id
        ORDER BY movies DESC, provider_id
        LIMIT $1 OFFSET $2
        """;

    public async Task<MovieAnswer?> FindAsync(int movieId, CancellationToken cancellationToken)
    {
        await using var command = Command(MovieById, movieId, availability.Value.CountedRegions, availability.Value.CountedTerms);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken))
        {
            return null;
        }

        return new MovieAnswer
        {
            MovieId = reader.GetInt32(0),
            TmdbId = reader.GetInt32(0),
            ImdbId = Text(reader, 1),
            Title = Text(reader, 3) ?? reader.GetString(2),
            OriginalTitle = Text(reader, 4),
            Overview = Text(reader, 6) ?? Text(reader, 5),
            ReleaseDate = reader.IsDBNull(7) ? null : reader.GetFieldValue<DateOnly>(7),
            Runtime = reader.IsDBNull(8) ? null : reader.GetInt16(8),
            VoteAverage = reader.GetFloat(9),
            VoteCount = reader.GetInt32(10),
            PosterPath = Text(reader, 11),
            Genres = reader.GetFieldValue<string[]>(12),
            Otts = reader.GetFieldValue<string[]>(13),
        };
    }

    public async Task<IReadOnlyList<GenreAnswer>> GenresAsync(int limit, int offset, CancellationToken cancellationToken)
    {
        await using var command = Command(GenrePage, limit, offset);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var genres = new List<GenreAnswer>();
        while (await reader.ReadAsync(cancellationToken))
        {
            genres.Add(new GenreAnswer(reader.GetInt32(0), reader.GetString(1), reader.GetString(2)));
        }

        return genres;
    }

    public async Task<IReadOnlyList<OttAnswer>> OttsAsync(int limit, int offset, CancellationToken cancellationToken)
    {
        await using var command = Command(OttPage, limit, offset, availability.Value.CountedRegions, availability.Value.CountedTerms);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var otts = new List<OttAnswer>();
        while (await reader.ReadAsync(cancellationToken))
        {
            otts.Add(new OttAnswer(reader.GetInt32(0), reader.GetString(1), Text(reader, 2), reader.GetInt32(3)));
        }

        return otts;
    }

    private NpgsqlCommand Command(string sql, params object[] parameters)
    {
        var command = dataSource.CreateCommand(sql);
        command.CommandTimeout = TimeoutSeconds;
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(new() { Value = parameter });
        }

        return command;
    }

    private static string? Text(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
}
