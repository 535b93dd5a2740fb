using System.Text.Json;
using MovieSir.Tests.Infrastructure;

namespace MovieSir.Tests.Inference.Offline.Sample;

/// <summary>The committed sample, as it lies in data/sample.</summary>
internal static class SampleData
{
    public static string MoviesPath { get; } = Path.Combine(RepositoryPaths.Root, "data", "sample", "movies.jsonl");

    public static string RatingsFolder { get; } = Path.Combine(RepositoryPaths.Root, "data", "sample", "ratings");

    public static IReadOnlyList<JsonElement> Movies { get; } =
        [.. File.ReadLines(MoviesPath).Select(line => JsonSerializer.Deserialize<JsonElement>(line))];

    public static int Id(this JsonElement movie) => movie.GetProperty("id").GetInt32();

    public static string Text(this JsonElement movie, string name) => movie.GetProperty(name).GetString() ?? "";

    public static JsonElement Korean(this JsonElement movie) =>
        movie.GetProperty("translations").GetProperty("translations").EnumerateArray()
            .Single(translation => translation.Text("iso_639_1") == "ko" && translation.Text("iso_3166_1") == "KR")
            .GetProperty("data");
}
