using MovieSir.ServiceDefaults.InferenceContract;
using MovieSir.Tests.Infrastructure;

namespace MovieSir.Tests.Inference.Serving;

/// <summary>Content rules are applied before anything is chosen, so every call still answers as many movies as are asked for.</summary>
public sealed class ContentRuleTests(TestServers servers) : IAsyncLifetime
{
    private const int Horror = 3;

    private TestDatabase _database = null!;

    public async ValueTask InitializeAsync() => _database = await servers.CreateDatabaseAsync();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    public static TheoryData<string, string, int[]> Rules => new()
    {
        { "movie_ids", "102", [102] },
        { "genres", "horror", [103, 201] },
        { "genres", "공포", [103, 201] },
        { "genres", "no such genre", [] },
        { "keywords", "Plane Crash", [101, 202] },
        { "keywords", "war", [104] },
        { "keywords", "전쟁", [104] },
        { "keywords", "100%_off", [203] },
        { "keywords", "heist", [204] },
        { "keywords", "titre", [204] },
        { "keywords", "nothing like it", [] },
        { "keywords", "...", [] },
    };

    [Theory]
    [MemberData(nameof(Rules))]
    public async Task A_rule_forbids_what_it_names(string kind, string value, int[] forbidden)
    {
        await SeedTextsAsync();
        await using var host = await EngineHost.StartAsync(_database.ConnectionString);
        var rules = new Dictionary<string, object> { [kind] = kind == "movie_ids" ? new[] { int.Parse(value, null) } : new[] { value } };
        Assert.Equal(new[] { 101, 102, 103, 104, 201, 202, 203, 204 }.Except(forbidden), await RankedAsync(host, rules));
    }

    [Fact]
    public async Task A_preview_counts_exactly_what_the_rules_forbid_beside_what_is_forbidden_already()
    {
        await SeedTextsAsync();
        await ExecuteAsync("UPDATE catalog.movies SET vote_count = movie_id");
        await using var host = await EngineHost.StartAsync(_database.ConnectionString);

        var preview = await host.PostAsync<RulesPreviewResponse>("/rules/preview", new
        {
            saved = new { genres = new[] { "Horror" } },
            rules = new object[]
            {
                new { keywords = new[] { "war" } }, new { genres = new[] { "horror" } }, new { movie_ids = new[] { 102 } },
                new { keywords = new[] { "nothing like it" } },
            },
        });

        Assert.Equal((8, 4), (preview.Movies, preview.Removed));
        Assert.Equal([1, 2, 1, 0], preview.RemovedBy);
        Assert.Equal([104, 102], preview.Examples.Select(movie => movie.MovieId)); // the most popular first, and none that is forbidden already
        var left = await RankedAsync(host, new { genres = new[] { "Horror" }, keywords = new[] { "war" }, movie_ids = new[] { 102 } });
        Assert.Equal(preview.Movies - preview.Removed, left.Count());
    }

    [Fact]
    public async Task Rules_of_all_kinds_add_up_and_a_changed_catalog_is_looked_through_again()
    {
        await SeedTextsAsync();
        await using var host = await EngineHost.StartAsync(_database.ConnectionString);
        var rules = new { movie_ids = new[] { 102 }, genres = new[] { "Horror" }, keywords = new[] { "war", "sea" } };
        Assert.Equal([101, 203, 204], await RankedAsync(host, rules));

        await MovieAsync(300, "War Horse", "");
        await MovieAsync(301, "Calm", "");
        await ExecuteAsync("UPDATE catalog.state SET revision = revision + 1");
        await host.UntilAsync(() => host.Catalog.Snapshot.Count == 10);
        Assert.Equal([101, 203, 204, 301], await RankedAsync(host, rules));
    }

    [Fact]
    public async Task A_rule_that_forbids_most_of_what_is_found_leaves_the_number_asked_for()
    {
        await EngineCatalog.SeedAsync(_database.DataSource);
        await EngineCatalog.PublishAsync(_database.DataSource);
        await using var host = await EngineHost.StartAsync(_database.ConnectionString);
        var rules = new { genres = new[] { "Horror" } };
        var profile = RecommendTests.Profile(Horror);

        var search = await host.PostAsync<SearchResponse>("/search", new { query = "a frightening horror story", k = 12, content_rules = rules });
        Assert.Equal(12, Allowed(search.Movies).Count);
        var similar = await host.PostAsync<MoviesResponse>($"/movies/{profile[0]}/similar", new { k = 30, content_rules = rules });
        Assert.Equal(30, Allowed(similar.Movies).Count);
        var rank = await host.PostAsync<RankResponse>("/rank", new { user_movie_ids = profile, k = 50, content_rules = rules });
        Assert.Equal(50, rank.Movies.Count(movie => !EngineCatalog.HasGenre(movie.MovieId, Horror)));
        var recommended = await host.PostAsync<RecommendResponse>(
            "/recommend", new { user_movie_ids = profile, available_time = 300, content_rules = rules });
        foreach (var track in new[] { recommended.TrackA, recommended.TrackB })
        {
            Assert.True(track.FillsTime);
            Assert.NotEmpty(Allowed(track.Movies));
        }

        var single = await host.PostAsync<SingleMovieAnswer>(
            "/recommend_single", new { user_movie_ids = profile, target_runtime = 120, track = "a", content_rules = rules });
        Allowed([single]);
    }

    [Fact]
    public async Task What_holds_for_a_movie_holds_for_its_other_id()
    {
        await EngineCatalog.SeedAsync(_database.DataSource);
        await EngineCatalog.PublishAsync(_database.DataSource);
        var (one, other) = (EngineCatalog.Id(12), EngineCatalog.Id(18));
        await ExecuteAsync($"UPDATE catalog.movies SET imdb_id = 'tt7777777' WHERE movie_id IN ({one}, {other})");
        await using var host = await EngineHost.StartAsync(_database.ConnectionString);

        foreach (var request in new object[]
        {
            new { k = 1000, content_rules = new { movie_ids = new[] { one } } },
            new { k = 1000, content_rules = new { keywords = new[] { EngineCatalog.Title(12) } } },
            new { k = 1000, excluded_ids = new[] { one } },
            new { k = 1000, user_movie_ids = new[] { one } },
            new { k = 1000, negative_movie_ids = new[] { one } },
        })
        {
            var ranked = await host.PostAsync<RankResponse>("/rank", request);
            Assert.Equal(EngineCatalog.Movies - 2, ranked.Movies.Count);
            Assert.DoesNotContain(ranked.Movies, movie => movie.MovieId == one || movie.MovieId == other);
        }

        var similar = await host.PostAsync<MoviesResponse>($"/movies/{one}/similar", new { k = 100 });
        Assert.DoesNotContain(similar.Movies, movie => movie.MovieId == other);
        // No answer holds it twice.
        var all = await host.PostAsync<RankResponse>("/rank", new { k = 1000 });
        Assert.Equal(EngineCatalog.Movies - 1, all.Movies.Count);
        var found = await host.PostAsync<SearchResponse>("/search", new { query = EngineCatalog.Title(12), k = 100 });
        Assert.Single(found.Movies, movie => movie.MovieId == one || movie.MovieId == other);
    }

    [Theory]
    [InlineData("""{"movie_ids":["x"]}""", "content_rules.movie_ids[0]")]
    [InlineData("""{"keywords":null}""", "content_rules.keywords")]
    [InlineData("""{"keywords":[""]}""", "content_rules.keywords")]
    public async Task Rules_of_the_wrong_form_are_refused_and_named(string rules, string field)
    {
        await EngineCatalog.SeedAsync(_database.DataSource);
        await using var host = await EngineHost.StartAsync(_database.ConnectionString);
        using var json = System.Text.Json.JsonDocument.Parse($$"""{"query":"x","content_rules":{{rules}}}""");
        var (status, problem) = await host.RefusedAsync("/search", json.RootElement);
        Assert.Equal(422, status);
        Assert.Equal(field, Assert.Single(problem.GetProperty("errors").EnumerateObject()).Name);
    }

    private static IReadOnlyList<MovieAnswer> Allowed(IReadOnlyList<MovieAnswer> movies)
    {
        Assert.All(movies, movie => Assert.False(EngineCatalog.HasGenre(movie.MovieId, Horror)));
        return movies;
    }

    private static async Task<IEnumerable<int>> RankedAsync(EngineHost host, object rules)
    {
        var answer = await host.PostAsync<RankResponse>("/rank", new { k = 1000, content_rules = rules });
        return answer.Movies.Select(movie => movie.MovieId).Order();
    }

    private async Task SeedTextsAsync()
    {
        await MovieAsync(101, "Alive", "Survivors of a plane crash.");
        await MovieAsync(102, "Award", "A warden and an award.");
        await MovieAsync(103, "Scare", "Boo.", horror: true);
        await MovieAsync(104, "Peace", "Before WAR, and after.", overviewKo: "전쟁이 끝난 뒤");
        await MovieAsync(201, "Fright", "Boo again.", horror: true);
        await MovieAsync(202, "Sea", "The plane-crash at sea.");
        await MovieAsync(203, "Sale 100% off", "");
        await MovieAsync(204, "Plain", "");
        await ExecuteAsync("UPDATE catalog.movies SET keywords = '{bank heist,night}', original_title = 'Le titre' WHERE movie_id = 204");
        await ExecuteAsync("UPDATE catalog.state SET revision = revision + 1");
    }

    private async Task MovieAsync(int id, string title, string overview, string overviewKo = "", bool horror = false)
    {
        await using var command = _database.DataSource.CreateCommand("""
            INSERT INTO catalog.movies (movie_id, title, overview, overview_ko, vote_average, vote_count, popularity, adult, keywords, is_stub)
            VALUES ($1, $2, $3, $4, 5, 10, 1, false, '{}', false)
            """);
        foreach (var value in new object[] { id, title, overview, overviewKo })
        {
            command.Parameters.Add(new() { Value = value });
        }

        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        if (horror)
        {
            await ExecuteAsync($"INSERT INTO catalog.movie_genres (movie_id, genre_id) VALUES ({id}, 27)");
        }
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = _database.DataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
