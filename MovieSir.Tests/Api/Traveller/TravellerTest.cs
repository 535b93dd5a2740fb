using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using MovieSir.Tests.Api.Infrastructure;
using MovieSir.Tests.Infrastructure;

namespace MovieSir.Tests.Api.Traveller;

/// <summary>A test of the travellers' surface: the API over real stores, a catalog of ten movies, and people with browsers.</summary>
public abstract class TravellerTest(TestServers servers) : ApiTest(servers)
{
    private protected const int Movie = 101;

    private protected ApiHost Api { get; private set; } = null!;

    private protected static CancellationToken Token => TestContext.Current.CancellationToken;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await ExecuteAsync(CatalogSql);
        Api = await StartAsync();
    }

    private protected const string CatalogSql = """
        INSERT INTO catalog.movies (
          movie_id, imdb_id, title, title_ko, runtime_minutes, vote_average, vote_count, popularity,
              adult, keywords, is_stub, is_sample, release_date)
        SELECT n, 'tt' || lpad(n::text, 7, '0'), 'Movie ' || n, '영화 ' || n, 90, 7, 1000 + n, n, false, '{}', false,
            false, make_date(2000 + n % 20, 5, 1)
        FROM generate_series(101, 110) AS n;
        INSERT INTO catalog.movie_genres (movie_id, genre_id) SELECT n, 35 FROM generate_series(101, 110) AS n;
        INSERT INTO catalog.movie_genres (movie_id, genre_id) VALUES (101, 18);
        INSERT INTO catalog.providers (provider_id, name, name_ko) VALUES (8, 'Netflix', '넷플릭스'), (97, 'Watcha', '왓챠');
        INSERT INTO catalog.movie_providers (movie_id, provider_id, region, terms, is_sample)
        VALUES (101, 8, 'KR', 'flatrate', false), (101, 97, 'KR', 'rent', false), (102, 8, 'KR', 'flatrate', false);
        """;

    private protected Task<ApiHost> StartAsync(params string[] settings) => StartApiAsync(settings);

    private protected Browser Open(ApiHost? api = null) => new((api ?? Api).Client);

    /// <summary>Somebody who has done something.</summary>
    private protected async Task<Browser> GuestAsync()
    {
        var browser = Open();
        using var response = await browser.PutAsync($"/movies/{Movie}/watched", new { });
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        return browser;
    }

    private protected static Task<JsonElement> RecommendAsync(Browser browser) =>
        browser.JsonAsync(browser.PostAsync("/recommendation/recommend", new { available_time = 200 }));

    private protected static int[] Ids(JsonElement movies) => [.. movies.EnumerateArray().Select(movie => movie.GetProperty("movie_id").GetInt32())];

    private protected T Service<T>()
        where T : notnull => Api.Services.GetRequiredService<T>();
}
