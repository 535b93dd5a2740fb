using MovieSir.Api.Partner.Calls;

namespace MovieSir.Api.Partner.Recommend;

/// <summary>Examples of the OpenAPI document. Tests send the requests and hold the answers to the schemas.</summary>
internal static class RecommendExamples
{
    public const string Request = """
        {
          "available_time": 140, "user_movie_ids": [670, 11423], "preferred_genres": ["드라마", "Thriller"], "preferred_otts": ["Netflix"],
          "history": [{ "movie_id": 496243, "rating": 4.5, "watched_at": "2026-03-14T21:30:00+09:00" }, { "movie_id": 129 }],
          "locked_movie_ids": [], "excluded_ids_a": [], "excluded_ids_b": [], "negative_movie_ids": [],
          "allow_adult": false, "client_user_id": "seat-12A"
        }
        """;

    public const string Response = $$"""
        {
          "success": true,
          "data": {
            "track_a": { "label": "선호 장르 맞춤 추천", "movies": [{{ExampleParts.Movie}}], "total_runtime": 132, "fills_time": true },
            "track_b": { "label": "장르 확장 추천", "movies": [{{ExampleParts.Movie}}], "total_runtime": 132, "fills_time": true },
            "algorithm": "hybrid"
          },
          "meta": {{Meta}}
        }
        """;

    public const string SingleRequest = """
        { "target_runtime": 120, "track": "a", "user_movie_ids": [670], "excluded_ids": [496243], "genres": ["드라마"] }
        """;

    public const string SingleResponse = """
        {
          "success": true,
          "data": {
            "movie_id": 11423, "tmdb_id": 11423, "imdb_id": "tt0353969", "title": "살인의 추억", "original_title": "살인의 추억", "runtime": 119,
            "genres": ["범죄", "드라마", "스릴러"], "vote_average": 8.1, "vote_count": 4500, "overview": "두 형사가 연쇄 살인범을 쫓는다.",
            "release_date": "2003-04-25", "poster_path": null, "otts": ["넷플릭스"], "score": 0.79, "recommendation_type": "hybrid",
            "because": { "movie_id": 670, "title": "올드보이" }, "fallback_level": 0
          },
          "meta": { "latency_ms": 3.0, "remaining_quota": 997, "daily_limit": 1000, "recommendation_id": "0198d1f0-7a90-7c11-8a55-0c9d1e2f3a4b" }
        }
        """;

    public const string Meta = """
        { "latency_ms": 6.1, "remaining_quota": 998, "daily_limit": 1000, "recommendation_id": "0198d1f0-6c1e-7b52-9d34-3f1f6a2c7e10" }
        """;
}
