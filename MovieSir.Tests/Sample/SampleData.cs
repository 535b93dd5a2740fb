using System.Text.Json;
using MovieSir.Tests.Infrastructure;

namespace MovieSir.Tests.Sample;

/// <summary>The committed sample, as it lies in data/sample.</summary>
internal static class SampleData
{
    public static string FilmsPath { get; } = Path.Combine(RepositoryPaths.Root, "data", "sample", "films.jsonl");

    public static string RatingsFolder { get; } = Path.Combine(RepositoryPaths.Root, "data", "sample", "ratings");

    public static IReadOnlyList<JsonElement> Films { get; } =
        [.. File.ReadLines(FilmsPath).Select(line => JsonSerializer.Deserialize<JsonElement>(line))];

    public static int Id(this JsonElement film) => film.GetProperty("id").GetInt32();

    public static string Text(this JsonElement film, string name) => film.GetProperty(name).GetString() ?? "";

    public static JsonElement Korean(this JsonElement film) =>
        film.GetProperty("translations").GetProperty("translations").EnumerateArray()
            .Single(translation => translation.Text("iso_639_1") == "ko" && translation.Text("iso_3166_1") == "KR")
            .GetProperty("data");
}
