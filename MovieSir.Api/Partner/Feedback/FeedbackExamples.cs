using MovieSir.Api.Partner.Calls;

namespace MovieSir.Api.Partner.Feedback;

/// <summary>Examples of the OpenAPI document. Tests send the requests and hold the answers to the schemas.</summary>
internal static class FeedbackExamples
{
    public const string Request = """
        { "recommendation_id": "0198d1f0-6c1e-7b52-9d34-3f1f6a2c7e10", "movie_id": 496243, "type": "watched", "client_user_id": "seat-12A" }
        """;

    public const string Response = $$"""
        {
          "success": true,
          "data": { "recommendation_id": "0198d1f0-6c1e-7b52-9d34-3f1f6a2c7e10", "movie_id": 496243, "type": "watched" },
          "meta": {{ExampleParts.Meta}}
        }
        """;
}
