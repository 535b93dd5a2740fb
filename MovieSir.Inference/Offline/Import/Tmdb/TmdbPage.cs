using System.Text.Json.Serialization;

namespace MovieSir.Inference.Offline.Import.Tmdb;

/// <summary>A page of TMDB's list of movies; of each movie only the id is used.</summary>
internal sealed class TmdbPage
{
    public TmdbListedMovie[]? Results { get; init; }
    public int TotalPages { get; init; }
}

internal sealed class TmdbListedMovie
{
    public int Id { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(TmdbPage))]
internal sealed partial class TmdbApiJsonContext : JsonSerializerContext;
