using System.Net;
using MovieSir.Tests.Api.Infrastructure;
using MovieSir.Tests.Infrastructure;

namespace MovieSir.Tests.Api.Console;

/// <summary>Administrators: how they come to be, and what they do to companies and travellers.</summary>
public sealed class AdminTests(TestServers servers) : ConsoleTest(servers)
{
    [Fact]
    public async Task A_command_makes_the_first_administrator_whose_link_sets_the_password_once()
    {
        var (code, output, error) = await ApiProcess.RunAsync(Database.ConnectionString, "admins", "create", "--email", "root@example.com");
        Assert.True(code == 0, error);
        var token = output.Trim().Split("#token=")[1];
        using (var set = await Open().PostAsync("/b2b/auth/password-reset/confirm", new { token, password = Password }))
        {
            Assert.Equal(HttpStatusCode.NoContent, set.StatusCode);
        }

        var admin = await SignInAsync("root@example.com");
        var me = await GetAsync(admin, "/b2b/me");
        Assert.True(me.GetProperty("member").GetProperty("is_administrator").GetBoolean());
        Assert.Equal("MovieSir", me.GetProperty("company").GetProperty("name").GetString());

        // An account that is there becomes one.
        var owner = await OwnerAsync("Partner", "partner@example.com");
        using (var refused = await owner.GetAsync("/b2b/admin/companies"))
        {
            await refused.ProblemAsync(HttpStatusCode.Forbidden, "NOT_ADMINISTRATOR");
        }

        (code, output, error) = await ApiProcess.RunAsync(Database.ConnectionString, "admins", "create", "--email", "partner@example.com");
        Assert.True(code == 0 && output.Length == 0, error);
        await GetAsync(owner, "/b2b/admin/companies");
        (code, _, error) = await ApiProcess.RunAsync(Database.ConnectionString, "admins", "create", "--email", "nobody");
        Assert.Equal((1, "'nobody' is no e-mail address."), (code, error.Trim()));
    }

    [Fact]
    public async Task A_deactivated_company_stops_on_both_replicas_within_five_seconds_and_a_plan_counts_at_once()
    {
        var replica = await StartConsoleAsync();
        var admin = await AdministratorAsync();
        var owner = await OwnerAsync("100%_Rail");
        var (_, secret) = await KeyAsync(owner);
        var companyId = await CompanyIdAsync(owner);
        foreach (var (search, found) in new[] { ("100%_r", 1), ("100_", 0), ("%25", 1), ("_", 1), ("rail", 1), ("x", 0) })
        {
            var page = await GetAsync(admin, $"/b2b/admin/companies?search={Uri.EscapeDataString(search == "%25" ? "%" : search)}");
            Assert.Equal(found, page.GetProperty("total").GetInt32());
        }

        var pro = await admin.JsonAsync(admin.SendAsync(HttpMethod.Patch, $"/b2b/admin/companies/{companyId}", new { plan = "pro" }));
        Assert.Equal(("pro", 1, 1), (pro.GetProperty("plan").GetString(), pro.GetProperty("members").GetInt32(), pro.GetProperty("keys").GetInt32()));
        Assert.Equal(10_000, (await GetAsync(owner, "/b2b/me")).GetProperty("company").GetProperty("calls_per_day").GetInt32());

        await admin.JsonAsync(admin.SendAsync(HttpMethod.Patch, $"/b2b/admin/companies/{companyId}", new { is_active = false }));
        foreach (var api in new[] { Api, replica })
        {
            await BecomesAsync(api, secret, HttpStatusCode.Unauthorized);
        }

        await admin.JsonAsync(admin.SendAsync(HttpMethod.Patch, $"/b2b/admin/companies/{companyId}", new { is_active = true }));
        await BecomesAsync(Api, secret, HttpStatusCode.OK);
        using (var missing = await admin.SendAsync(HttpMethod.Patch, $"/b2b/admin/companies/{Guid.NewGuid()}", new { plan = "free" }))
        {
            await missing.ProblemAsync(HttpStatusCode.NotFound, "COMPANY_NOT_FOUND");
        }

        using (var own = await admin.SendAsync(
            HttpMethod.Patch, $"/b2b/admin/companies/{await CompanyIdAsync(admin)}", new { is_active = false }))
        {
            await own.ProblemAsync(HttpStatusCode.Conflict, "SERVICE_COMPANY");
        }

        // Administrators and the company's owner read what was done, with who did it.
        string[] done = ["company.activated", "company.deactivated", "company.plan_changed"];
        foreach (var (browser, path) in new[] { (admin, "/b2b/admin/audit?limit=3"), (owner, "/b2b/audit?limit=3") })
        {
            var entries = (await GetAsync(browser, path)).GetProperty("entries").EnumerateArray().ToList();
            Assert.Equal(done, entries.Select(entry => entry.GetProperty("action").GetString()));
            Assert.All(entries, entry => Assert.Equal("root@example.com", entry.GetProperty("actor").GetString()));
        }
    }

    [Fact]
    public async Task A_deactivated_traveller_is_signed_out_and_in_no_more_until_activated()
    {
        var admin = await AdministratorAsync();
        var traveller = Open();
        using (await traveller.PostAsync(
            "/registration/request", new { email = "ann_b@example.com", password = Password, nickname = "앤이다" }))
        {
            await traveller.JsonAsync(traveller.PostAsync("/registration/confirm", new { code = await Mail.CodeAsync("ann_b@example.com") }));
        }

        Assert.Equal(0, (await GetAsync(admin, "/b2b/admin/b2c-users?search=annxb")).GetProperty("total").GetInt32()); // _ is no placeholder
        var user = (await GetAsync(admin, "/b2b/admin/b2c-users?search=ann_b")).GetProperty("users").EnumerateArray().Single();
        var id = user.GetProperty("user_id").GetGuid();
        Assert.Equal(("active", "앤이다"), (user.GetProperty("state").GetString(), user.GetProperty("nickname").GetString()));
        await ActAsync(admin, id, "deactivate");

        using (var me = await traveller.GetAsync("/auth/sessions"))
        {
            await me.ProblemAsync(HttpStatusCode.Unauthorized, "SESSION_EXPIRED");
        }

        using (var refused = await Open().PostAsync("/auth/login", new { email = "ann_b@example.com", password = Password }))
        {
            await refused.ProblemAsync(HttpStatusCode.Forbidden, "ACCOUNT_SUSPENDED");
        }

        var detail = await GetAsync(admin, $"/b2b/admin/b2c-users/{id}");
        Assert.Equal(("suspended", false), (detail.GetProperty("state").GetString(), detail.GetProperty("onboarding_completed").GetBoolean()));
        await ActAsync(admin, id, "activate");
        using (var signedIn = await Open().PostAsync("/auth/login", new { email = "ann_b@example.com", password = Password }))
        {
            Assert.Equal(HttpStatusCode.OK, signedIn.StatusCode);
        }

        await ExecuteAsync("UPDATE accounts.accounts SET deleted_at = now() WHERE email = 'ann_b@example.com'");
        await ActAsync(admin, id, "restore");
        Assert.Equal("active", (await GetAsync(admin, $"/b2b/admin/b2c-users/{id}")).GetProperty("state").GetString());
        using var missing = await admin.PostAsync($"/b2b/admin/b2c-users/{Guid.NewGuid()}/deactivate");
        await missing.ProblemAsync(HttpStatusCode.NotFound, "TRAVELLER_NOT_FOUND");
    }

    [Fact]
    public async Task Statistics_acts_sessions_models_and_imports_are_what_the_database_has()
    {
        var admin = await AdministratorAsync();
        await ExecuteAsync("""
            INSERT INTO catalog.movies (
              movie_id, title, title_ko, runtime_minutes, vote_average, vote_count, popularity, adult, keywords, is_stub, is_sample)
            SELECT n, 'Movie ' || n, '영화 ' || n, 90, 7, 1000 + n, n, false, '{}', false, false FROM generate_series(101, 110) AS n
            """);
        var guest = Open();
        using (await guest.PutAsync("/movies/101/watched", new { }))
        {
            await guest.JsonAsync(guest.PostAsync("/recommendation/recommend", new { available_time = 200 }));
        }

        var stats = await GetAsync(admin, "/b2b/admin/b2c-stats");
        Assert.Equal((0, 1), (stats.GetProperty("accounts").GetInt32(), stats.GetProperty("guests").GetInt32()));
        Assert.Equal("""{"today":1,"days_7":1,"days_30":1}""", stats.GetProperty("recommendations").GetRawText());
        var acts = (await GetAsync(admin, "/b2b/admin/b2c-live")).GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(["recommended", "watched"], acts.Select(act => act.GetProperty("kind").GetString()));
        Assert.Equal("Movie 101", acts[1].GetProperty("title").GetString());
        var session = acts[0].GetProperty("session_id").GetGuid();
        var movies = (await GetAsync(admin, $"/b2b/admin/sessions/{session}/movies")).GetProperty("movies").EnumerateArray().ToList();
        Assert.Equal(["a 101", "a 102", "b 103"], movies.Select(movie => $"{movie.GetProperty("track")} {movie.GetProperty("movie_id")}"));
        using (var missing = await admin.GetAsync($"/b2b/admin/sessions/{Guid.NewGuid()}/movies"))
        {
            await missing.ProblemAsync(HttpStatusCode.NotFound, "SESSION_NOT_FOUND");
        }

        Assert.Equal(0, (await GetAsync(admin, "/b2b/admin/models")).GetProperty("models").GetArrayLength());
        await ExecuteAsync("""
            INSERT INTO catalog.import_runs (kind, file_name, rows_read, rows_written, rows_rejected, started_at, finished_at)
            VALUES ('tmdb-jsonl', 'movies.jsonl', 10, 9, 1, now(), now()), ('movielens-ratings', 'ratings.csv', 8, 7, 1, now(), now())
            """);
        Assert.Equal(
            ["movielens-ratings: ratings.csv 0 7 completed", "tmdb-jsonl: movies.jsonl 9 0 completed"],
            (await GetAsync(admin, "/b2b/admin/imports")).GetProperty("imports").EnumerateArray().Select(import =>
                $"{import.GetProperty("source")} {import.GetProperty("movies")} {import.GetProperty("ratings")} {import.GetProperty("state")}"));
    }

    private async Task<MemberBrowser> AdministratorAsync()
    {
        var (code, output, error) = await ApiProcess.RunAsync(Database.ConnectionString, "admins", "create", "--email", "root@example.com");
        Assert.True(code == 0, error);
        using var set = await Open().PostAsync(
            "/b2b/auth/password-reset/confirm", new { token = output.Trim().Split("#token=")[1], password = Password });
        return await SignInAsync("root@example.com");
    }

    private static async Task ActAsync(MemberBrowser admin, Guid id, string act)
    {
        using var response = await admin.PostAsync($"/b2b/admin/b2c-users/{id}/{act}");
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
    }

    private static Task BecomesAsync(ApiHost api, string secret, HttpStatusCode status) => WithinFiveSecondsAsync(async () =>
    {
        using var response = await api.RecommendAsync(secret);
        return response.StatusCode == status;
    });
}
