using MovieSir.ServiceDefaults.InferenceContract;

namespace MovieSir.Tests.Engine;

public sealed class RankSearchSimilarTests(EngineFixture engine) : IClassFixture<EngineFixture>
{
    private readonly EngineHost _host = engine.Host;

    [Fact]
    public async Task Rank_orders_every_film_that_was_not_watched_and_filters_nothing_unasked()
    {
        var profile = RecommendTests.Profile(1);
        var answer = await _host.PostAsync<RankResponse>("/rank", new { user_movie_ids = profile, k = 1000 });

        var ids = answer.Movies.Select(film => film.MovieId).ToArray();
        Assert.Equal(EngineCatalogue.Films - profile.Length, ids.Distinct().Count());
        Assert.Contains(ids, EngineCatalogue.IsAdult);
        Assert.Contains(ids, id => !EngineCatalogue.HasMinutes(id));
        Assert.Equal(answer.Movies.Select(film => film.Score).OrderDescending(), answer.Movies.Select(film => film.Score));
        Assert.True(ids.Take(20).Count(id => EngineCatalogue.ClusterOf(id) == 1) >= 18);
        Assert.EndsWith("-hybrid8", answer.ModelVersion, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rank_applies_the_filters_that_are_asked_for()
    {
        var watched = RecommendTests.Profile(1);
        var answer = await _host.PostAsync<RankResponse>("/rank", new
        {
            user_movie_ids = watched,
            excluded_ids = new[] { EngineCatalogue.Id(30) },
            negative_movie_ids = new[] { EngineCatalogue.Id(60) },
            preferred_genres = new[] { "sci-fi" },
            preferred_otts = new[] { "Netflix" },
            allow_adult = false,
            k = 1000,
        });
        var ids = answer.Movies.Select(film => film.MovieId).ToArray();
        Assert.NotEmpty(ids);
        Assert.All(ids, id => Assert.True(EngineCatalogue.HasGenre(id, 5) && EngineCatalogue.OnNetflix(id) && !EngineCatalogue.IsAdult(id)));
        Assert.Empty(ids.Intersect([.. watched, EngineCatalogue.Id(30), EngineCatalogue.Id(60)]));
    }

    [Fact]
    public async Task Rank_answers_the_best_k_of_the_whole_order()
    {
        var profile = RecommendTests.Profile(3);
        var all = await _host.PostAsync<RankResponse>("/rank", new { user_movie_ids = profile, k = 1000 });
        var few = await _host.PostAsync<RankResponse>("/rank", new { user_movie_ids = profile, k = 25 });
        Assert.Equal(all.Movies.Take(25), few.Movies);
    }

    [Fact]
    public async Task Search_finds_by_meaning()
    {
        var answer = await _host.PostAsync<SearchResponse>("/search", new { query = "a frightening horror story", k = 12 });
        Assert.Equal(SearchMatch.Meaning, answer.MatchedBy);
        Assert.Equal(12, answer.Movies.Count);
        Assert.All(answer.Movies, film => Assert.Equal(3, EngineCatalogue.ClusterOf(film.MovieId)));
        Assert.All(answer.Movies, film => Assert.False(EngineCatalogue.IsAdult(film.MovieId)));
    }

    [Theory]
    [InlineData("라라랜드", 0)]
    [InlineData("라라 랜드", 0)]
    [InlineData("기생", 1)]
    public async Task A_query_without_an_embedding_is_matched_by_title_and_the_answer_says_so(string query, int film)
    {
        var answer = await _host.PostAsync<SearchResponse>("/search", new { query, k = 5 });
        Assert.Equal(SearchMatch.Title, answer.MatchedBy);
        Assert.Equal(EngineCatalogue.Id(film), answer.Movies[0].MovieId);
    }

    [Fact]
    public async Task Hangul_in_single_letters_is_the_same_query()
    {
        var answer = await _host.PostAsync<SearchResponse>("/search", new { query = "라라랜드".Normalize(System.Text.NormalizationForm.FormD) });
        Assert.Equal(EngineCatalogue.Id(0), answer.Movies[0].MovieId);
    }

    [Fact]
    public async Task A_broken_encoder_leaves_search_by_title()
    {
        var answer = await _host.PostAsync<SearchResponse>("/search", new { query = "broken" });
        Assert.Equal(SearchMatch.Title, answer.MatchedBy);
        Assert.True(_host.Logs.Contains("The test's encoder is broken."));
    }

    [Fact]
    public async Task Similar_films_are_like_the_film_and_not_the_film_itself()
    {
        var (status, body) = await _host.GetAsync($"/movies/{EngineCatalogue.Id(14)}/similar?k=10");
        Assert.Equal(200, status);
        var ids = body.GetProperty("movies").EnumerateArray().Select(film => film.GetProperty("movie_id").GetInt32()).ToArray();
        Assert.Equal(10, ids.Length);
        Assert.DoesNotContain(EngineCatalogue.Id(14), ids);
        Assert.All(ids, id => Assert.Equal(2, EngineCatalogue.ClusterOf(id)));
    }

    [Fact]
    public async Task An_unknown_film_has_no_similar_ones()
    {
        var (status, body) = await _host.GetAsync("/movies/5/similar");
        Assert.Equal(404, status);
        Assert.Equal("UNKNOWN_FILM", body.GetProperty("code").GetString());
    }
}
