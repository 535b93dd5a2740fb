using System.Net;
using MovieSir.Tests.Api.Infrastructure;
using MovieSir.Tests.Infrastructure;

namespace MovieSir.Tests.Api.Partner;

public sealed class MoviesTests(TestServers servers) : ApiTest(servers)
{
    [Fact]
    public async Task A_movie_is_told_with_its_genres_and_the_services_that_carry_it_here()
    {
        await ExecuteAsync("""
            INSERT INTO catalog.movies (movie_id, imdb_id, title, title_ko, original_title, overview, overview_ko, release_date, runtime_minutes,
                vote_average, vote_count, popularity, adult, keywords, is_stub)
            VALUES (496243, 'tt6751668', 'Parasite', '기생충', '기생충', 'A family.', '가족.', '2019-05-30', 133, 8.5, 19000, 1, false, '{}', false);
            INSERT INTO catalog.movie_genres (movie_id, genre_id) VALUES (496243, 18), (496243, 35);
            INSERT INTO catalog.providers (provider_id, name, name_ko) VALUES (8, 'Netflix', '넷플릭스'), (356, 'wavve', NULL), (9, 'Prime', NULL);
            INSERT INTO catalog.movie_providers (movie_id, provider_id, region, terms, is_sample)
            VALUES (496243, 8, 'KR', 'flatrate', false), (496243, 8, 'US', 'flatrate', false),
                (496243, 356, 'KR', 'rent', false), (496243, 9, 'DE', 'flatrate', false);
            """);
        var api = await StartApiAsync();
        var (_, key) = await api.CreateKeyAsync();

        using var response = await api.GetAsync(key, "/v1/movies/496243");
        var movie = (await response.JsonAsync()).GetProperty("data");
        Assert.Equal(("기생충", 133, "가족.", "2019-05-30", "tt6751668"), (
            movie.GetProperty("title").GetString(), movie.GetProperty("runtime").GetInt32(), movie.GetProperty("overview").GetString(),
            movie.GetProperty("release_date").GetString(), movie.GetProperty("imdb_id").GetString()));
        Assert.Equal(496243, movie.GetProperty("tmdb_id").GetInt32());
        Assert.Equal(["드라마", "코미디"], movie.GetProperty("genres").EnumerateArray().Select(genre => genre.GetString()));
        Assert.Equal(["넷플릭스"], movie.GetProperty("otts").EnumerateArray().Select(ott => ott.GetString()));

        using var otts = await api.GetAsync(key, "/v1/otts");
        var services = (await otts.JsonAsync()).GetProperty("data").GetProperty("otts");
        Assert.Equal(1, services.GetArrayLength());
        Assert.Equal(("Netflix", 1), (services[0].GetProperty("name").GetString(), services[0].GetProperty("movies").GetInt32()));

        using var missing = await api.GetAsync(key, "/v1/movies/1");
        await missing.ProblemAsync(HttpStatusCode.NotFound, "UNKNOWN_MOVIE");
    }

    [Fact]
    public async Task Genres_come_in_both_languages_and_by_pages()
    {
        var api = await StartApiAsync();
        var (_, key) = await api.CreateKeyAsync();
        using var all = await api.GetAsync(key, "/v1/genres");
        var genres = (await all.JsonAsync()).GetProperty("data").GetProperty("genres");
        Assert.Equal(19, genres.GetArrayLength());
        using var page = await api.GetAsync(key, "/v1/genres?limit=5&offset=17");
        var rest = (await page.JsonAsync()).GetProperty("data").GetProperty("genres");
        Assert.Equal(2, rest.GetArrayLength());
        Assert.Equal(genres[17].ToString(), rest[0].ToString());
        Assert.Contains(genres.EnumerateArray(),
            genre => genre.GetProperty("name_en").GetString() == "Drama" && genre.GetProperty("name_ko").GetString() == "드라마");
    }

    [Fact]
    public async Task Without_the_database_the_catalog_says_so_and_recommendations_go_on()
    {
        await using var postgres = await Servers.StartPostgresAsync();
        await TestServers.MigrateAsync(postgres.ConnectionString);
        var api = Keep(await ApiHost.StartAsync(postgres.ConnectionString, Redis.ConnectionString, Inference.Address));
        var (_, key) = await api.CreateKeyAsync();
        using (var before = await api.RecommendAsync(key))
        {
            Assert.Equal(HttpStatusCode.OK, before.StatusCode);
        }

        await postgres.KillAsync();
        foreach (var path in new[] { "/v1/movies/1", "/v1/genres", "/v1/otts" })
        {
            using var away = await api.GetAsync(key, path);
            await away.ProblemAsync(HttpStatusCode.ServiceUnavailable, "CATALOG_UNAVAILABLE");
        }

        await Task.Delay(TimeSpan.FromSeconds(3)); // longer than what was read of the key is believed
        using var response = await api.RecommendAsync(key);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }
}
