using MovieSir.Api.Partner.Calls;

namespace MovieSir.Api.Partner.Search;

/// <summary>Examples of the OpenAPI document. Tests send the requests and hold the answers to the schemas.</summary>
internal static class SearchExamples
{
    public const string Request = """{ "query": "a family that cons its way into a rich house", "k": 5 }""";

    public const string Response = $$"""
        {
          "success": true,
          "data": { "movies": [{ {{ExampleParts.Facts}}, "score": 0.03, "matched_by": ["words", "meaning"] }], "matched_by": "meaning" },
          "meta": {{ExampleParts.Meta}}
        }
        """;
}
