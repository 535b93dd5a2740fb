namespace MovieSir.Api.Partner.Calls;

/// <summary>What examples of several calls share.</summary>
internal static class ExampleParts
{
    public const string Facts = """
        "movie_id": 496243, "tmdb_id": 496243, "imdb_id": "tt6751668", "title": "기생충", "original_title": "기생충", "runtime": 132,
        "genres": ["드라마", "코미디", "스릴러"], "vote_average": 8.5, "vote_count": 19000, "overview": "가난한 가족이 부유한 집에 하나씩 스며든다.",
        "release_date": "2019-05-30", "poster_path": null, "otts": ["넷플릭스", "왓챠"]
        """;

    public const string Movie = $$"""
        { {{Facts}}, "score": 0.83, "recommendation_type": "hybrid", "because": { "movie_id": 670, "title": "올드보이" } }
        """;

    public const string Meta = """{ "latency_ms": 4.2, "remaining_quota": 999, "daily_limit": 1000 }""";
}
