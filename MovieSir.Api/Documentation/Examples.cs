namespace MovieSir.Api.Documentation;

/// <summary>The examples of the OpenAPI document. Tests send the requests and hold the answers to the schemas.</summary>
internal static class Examples
{
    private const string Facts = """
        "movie_id": 496243, "tmdb_id": 496243, "imdb_id": "tt6751668", "title": "기생충", "original_title": "기생충", "runtime": 132,
        "genres": ["드라마", "코미디", "스릴러"], "vote_average": 8.5, "vote_count": 19000, "overview": "가난한 가족이 부유한 집에 하나씩 스며든다.",
        "release_date": "2019-05-30", "poster_path": null, "otts": ["넷플릭스", "왓챠"]
        """;

    private const string Movie = $$"""
        { {{Facts}}, "score": 0.83, "recommendation_type": "hybrid", "because": { "movie_id": 670, "title": "올드보이" } }
        """;

    private const string Meta = """{ "latency_ms": 4.2, "remaining_quota": 999, "daily_limit": 1000 }""";

    private const string RecommendationMeta = """
        { "latency_ms": 6.1, "remaining_quota": 998, "daily_limit": 1000, "recommendation_id": "0198d1f0-6c1e-7b52-9d34-3f1f6a2c7e10" }
        """;

    public const string RecommendRequest = """
        {
          "available_time": 140, "user_movie_ids": [670, 11423], "preferred_genres": ["드라마", "Thriller"], "preferred_otts": ["Netflix"],
          "excluded_ids_a": [], "excluded_ids_b": [], "negative_movie_ids": [], "allow_adult": false, "client_user_id": "seat-12A"
        }
        """;

    public const string RecommendResponse = $$"""
        {
          "success": true,
          "data": {
            "track_a": { "label": "선호 장르 맞춤 추천", "movies": [{{Movie}}], "total_runtime": 132, "fills_time": true },
            "track_b": { "label": "장르 확장 추천", "movies": [{{Movie}}], "total_runtime": 132, "fills_time": true },
            "algorithm": "hybrid"
          },
          "meta": {{RecommendationMeta}}
        }
        """;

    public const string RecommendSingleRequest = """
        { "target_runtime": 120, "track": "a", "user_movie_ids": [670], "excluded_ids": [496243], "genres": ["드라마"] }
        """;

    public const string RecommendSingleResponse = """
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

    public const string SearchRequest = """{ "query": "a family that cons its way into a rich house", "k": 5 }""";

    public const string SearchResponse = $$"""
        { "success": true, "data": { "movies": [{{Movie}}], "matched_by": "meaning" }, "meta": {{Meta}} }
        """;

    public const string MovieResponse = $$"""{ "success": true, "data": { {{Facts}} }, "meta": {{Meta}} }""";

    public const string SimilarResponse = $$"""{ "success": true, "data": { "movies": [{{Movie}}] }, "meta": {{Meta}} }""";

    public const string GenresResponse = $$"""
        { "success": true, "data": { "genres": [{ "genre_id": 18, "name_en": "Drama", "name_ko": "드라마" }] }, "meta": {{Meta}} }
        """;

    public const string OttsResponse = $$"""
        { "success": true, "data": { "otts": [{ "provider_id": 8, "name": "Netflix", "name_ko": "넷플릭스", "movies": 212 }] }, "meta": {{Meta}} }
        """;

    public const string FeedbackRequest = """
        { "recommendation_id": "0198d1f0-6c1e-7b52-9d34-3f1f6a2c7e10", "movie_id": 496243, "type": "watched", "client_user_id": "seat-12A" }
        """;

    public const string FeedbackResponse = $$"""
        {
          "success": true,
          "data": { "recommendation_id": "0198d1f0-6c1e-7b52-9d34-3f1f6a2c7e10", "movie_id": 496243, "type": "watched" },
          "meta": {{Meta}}
        }
        """;

    public const string UsageResponse = $$"""
        {
          "success": true,
          "data": {
            "day": "2026-11-23", "plan": "basic", "daily_limit": 1000, "used": 1, "remaining": 999, "burst_limit": 20,
            "resets_at": "2026-11-24T00:00:00+09:00"
          },
          "meta": {{Meta}}
        }
        """;

    public const string HealthResponse = """{ "status": "healthy" }""";
}
