using MovieSir.Api.Partner.Calls;

namespace MovieSir.Api.Partner.Movies;

/// <summary>Examples of the OpenAPI document. Tests send the requests and hold the answers to the schemas.</summary>
internal static class MovieExamples
{
    public const string Movie = $$"""{ "success": true, "data": { {{ExampleParts.Facts}} }, "meta": {{ExampleParts.Meta}} }""";

    public const string Similar = $$"""{ "success": true, "data": { "movies": [{{ExampleParts.Movie}}] }, "meta": {{ExampleParts.Meta}} }""";

    public const string Genres = $$"""
        { "success": true, "data": { "genres": [{ "genre_id": 18, "name_en": "Drama", "name_ko": "드라마" }] }, "meta": {{ExampleParts.Meta}} }
        """;

    public const string Otts = $$"""
        { "success": true, "data": { "otts": [{ "provider_id": 8, "name": "Netflix", "name_ko": "넷플릭스", "movies": 212 }] },
          "meta": {{ExampleParts.Meta}} }
        """;
}
