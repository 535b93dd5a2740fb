using System.Text.Json.Serialization;

namespace MovieSir.Inference.Offline.Import.Movies;

/// <summary>
/// TMDB's movie-details answer with translations, keywords and watch providers appended: one line of a movies file, or one answer of its API. Any field
/// may be missing; numbers are read widely and checked by <see cref="MovieReader"/>.
/// </summary>
internal sealed class TmdbMovie
{
    public double? Id { get; init; }
    public string? ImdbId { get; init; }
    public string? Title { get; init; }
    public string? OriginalTitle { get; init; }
    public string? OriginalLanguage { get; init; }
    public string? Overview { get; init; }
    public string? ReleaseDate { get; init; }
    public double? Runtime { get; init; }
    public TmdbGenre?[]? Genres { get; init; }
    public double? VoteAverage { get; init; }
    public double? VoteCount { get; init; }
    public double? Popularity { get; init; }
    public bool? Adult { get; init; }
    public string? PosterPath { get; init; }
    public TmdbKeywords? Keywords { get; init; }
    public TmdbTranslations? Translations { get; init; }

    [JsonPropertyName("watch/providers")]
    public TmdbWatchProviders? WatchProviders { get; init; }

    /// <summary>Not TMDB's: marks the movies of the sample catalog, whose availability is invented.</summary>
    public bool? AvailabilityIsSample { get; init; }
}

internal sealed class TmdbGenre
{
    public double? Id { get; init; }
    public string? Name { get; init; }
}

internal sealed class TmdbKeywords
{
    public TmdbKeyword?[]? Keywords { get; init; }
}

internal sealed class TmdbKeyword
{
    public string? Name { get; init; }
}

internal sealed class TmdbTranslations
{
    public TmdbTranslation?[]? Translations { get; init; }
}

internal sealed class TmdbTranslation
{
    [JsonPropertyName("iso_639_1")]
    public string? Language { get; init; }

    [JsonPropertyName("iso_3166_1")]
    public string? Region { get; init; }

    public TmdbTranslationData? Data { get; init; }
}

internal sealed class TmdbTranslationData
{
    public string? Title { get; init; }
    public string? Overview { get; init; }
}

internal sealed class TmdbWatchProviders
{
    public Dictionary<string, TmdbRegion?>? Results { get; init; }
}

internal sealed class TmdbRegion
{
    public TmdbProvider?[]? Flatrate { get; init; }
    public TmdbProvider?[]? Free { get; init; }
    public TmdbProvider?[]? Ads { get; init; }
    public TmdbProvider?[]? Rent { get; init; }
    public TmdbProvider?[]? Buy { get; init; }
}

internal sealed class TmdbProvider
{
    public double? ProviderId { get; init; }
    public string? ProviderName { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(TmdbMovie))]
internal sealed partial class TmdbJsonContext : JsonSerializerContext;
