using MovieSir.Api.Partner.Calls;

namespace MovieSir.Api.Partner.Usage;

/// <summary>Examples of the OpenAPI document. Tests send the requests and hold the answers to the schemas.</summary>
internal static class UsageExamples
{
    public const string Response = $$"""
        {
          "success": true,
          "data": {
            "day": "2026-11-23", "plan": "basic", "daily_limit": 1000, "used": 1, "remaining": 999, "burst_limit": 20,
            "resets_at": "2026-11-24T00:00:00+09:00"
          },
          "meta": {{ExampleParts.Meta}}
        }
        """;
}
