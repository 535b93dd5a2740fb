using MovieSir.ServiceDefaults.InferenceContract;

namespace MovieSir.Tests.Inference.Serving;

public sealed class RankSearchSimilarTests(EngineFixture engine) : IClassFixture<EngineFixture>
{
    private readonly EngineHost _host = engine.Host;

    [Fact]
    public async Task Rank_orders_every_movie_that_was_not_watched_and_filters_nothing_unasked()
    {
        var profile = RecommendTests.Profile(1);
        var answer = await _host.PostAsync<RankResponse>("/rank", new { user_movie_ids = profile, k = 1000 });

        var ids = answer.Movies.Select(movie => movie.MovieId).ToArray();
        Assert.Equal(EngineCatalog.Movies - profile.Length, ids.Distinct().Count());
        Assert.Contains(ids, EngineCatalog.IsAdult);
        Assert.Contains(ids, id => !EngineCatalog.HasMinutes(id));
        Assert.Equal(answer.Movies.Select(movie => movie.Score).OrderDescending(), answer.Movies.Select(movie => movie.Score));
        Assert.True(ids.Take(20).Count(id => EngineCatalog.ClusterOf(id) == 1) >= 18);
        Assert.EndsWith("-hybrid8", answer.ModelVersion, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rank_applies_the_filters_that_are_asked_for()
    {
        var watched = RecommendTests.Profile(1);
        var answer = await _host.PostAsync<RankResponse>("/rank", new
        {
            user_movie_ids = watched,
            excluded_ids = new[] { EngineCatalog.Id(30) },
            negative_movie_ids = new[] { EngineCatalog.Id(60) },
            preferred_genres = new[] { "sci-fi" },
            preferred_otts = new[] { "Netflix" },
            allow_adult = false,
            k = 1000,
        });
        var ids = answer.Movies.Select(movie => movie.MovieId).ToArray();
        Assert.NotEmpty(ids);
        Assert.All(ids, id => Assert.True(EngineCatalog.HasGenre(id, 5) && EngineCatalog.OnNetflix(id) && !EngineCatalog.IsAdult(id)));
        Assert.Empty(ids.Intersect([.. watched, EngineCatalog.Id(30), EngineCatalog.Id(60)]));
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
        Assert.Contains(answer.Movies, movie => EngineCatalog.ClusterOf(movie.MovieId) == 3 && movie.MatchedBy.Contains(SearchMatch.Meaning));
        // Horror is a word of the genre, too.
        Assert.All(answer.Movies, movie => Assert.True(EngineCatalog.HasGenre(movie.MovieId, 3)));
        Assert.All(answer.Movies, movie => Assert.False(EngineCatalog.IsAdult(movie.MovieId)));
    }

    [Theory]
    [InlineData("라라랜드", 0)]
    [InlineData("라라 랜드", 0)]
    [InlineData("기생", 1)]
    public async Task A_query_that_begins_a_title_finds_it_and_the_answer_says_so(string query, int movie)
    {
        var answer = await _host.PostAsync<SearchResponse>("/search", new { query, k = 5 });
        Assert.Equal(SearchMatch.Title, answer.MatchedBy);
        Assert.Equal(EngineCatalog.Id(movie), answer.Movies[0].MovieId);
    }

    [Fact]
    public async Task Hangul_in_single_letters_is_the_same_query()
    {
        var answer = await _host.PostAsync<SearchResponse>("/search", new { query = "라라랜드".Normalize(System.Text.NormalizationForm.FormD) });
        Assert.Equal(EngineCatalog.Id(0), answer.Movies[0].MovieId);
    }

    [Fact]
    public async Task Full_width_letters_are_the_same_query()
    {
        var usual = await _host.PostAsync<SearchResponse>("/search", new { query = "a frightening horror story", k = 12 });
        var wide = await _host.PostAsync<SearchResponse>("/search", new { query = "ａ　ｆｒｉｇｈｔｅｎｉｎｇ　ｈｏｒｒｏｒ　ｓｔｏｒｙ", k = 12 });
        Assert.Equal(usual.Movies.Select(movie => (movie.MovieId, movie.Score)), wide.Movies.Select(movie => (movie.MovieId, movie.Score)));
    }

    [Fact]
    public async Task A_broken_encoder_leaves_search_by_names_and_words()
    {
        var answer = await _host.PostAsync<SearchResponse>("/search", new { query = "broken" });
        Assert.DoesNotContain(answer.Movies, movie => movie.MatchedBy.Contains(SearchMatch.Meaning));
        Assert.True(_host.Logs.Contains("The test's encoder is broken."));
    }

    [Fact]
    public async Task Similar_movies_are_like_the_movie_and_not_the_movie_itself()
    {
        var (status, body) = await _host.GetAsync($"/movies/{EngineCatalog.Id(14)}/similar?k=10");
        Assert.Equal(200, status);
        var ids = body.GetProperty("movies").EnumerateArray().Select(movie => movie.GetProperty("movie_id").GetInt32()).ToArray();
        Assert.Equal(10, ids.Length);
        Assert.DoesNotContain(EngineCatalog.Id(14), ids);
        Assert.All(ids, id => Assert.Equal(2, EngineCatalog.ClusterOf(id)));
    }

    [Fact]
    public async Task An_unknown_movie_has_no_similar_ones()
    {
        var (status, body) = await _host.GetAsync("/movies/5/similar");
        Assert.Equal(404, status);
        Assert.Equal("UNKNOWN_MOVIE", body.GetProperty("code").GetString());
    }
}
