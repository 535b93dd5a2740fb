using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;
using MovieSir.Tests.AppHost;
using static Microsoft.Playwright.Assertions;

namespace MovieSir.Tests.Browser;

/// <summary>What a partner's engineer does in the console, in Chromium, before the whole system; codes are read from the mail sink.</summary>
[Collection(AppHostTests.Name)]
public sealed class ConsoleTests(RunningSystem system, TestBrowser browser)
{
    private const string Password = "a long passw0rd";

    private static readonly TimeSpan KeyIsSeen = TimeSpan.FromSeconds(5);

    private readonly Mails _mails = new(system);

    [Fact]
    public async Task From_signing_up_to_a_call_with_the_shown_key_that_the_logs_find_by_its_request_id()
    {
        await using var visit = await browser.VisitAsync(system.Console);
        await SignUpAsync(visit, "Hanbit Air", "engineer@hanbit.example");
        var key = await MakeKeyAsync(visit, "cabin");

        using var answer = await system.RecommendAsync(key);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var requestId = answer.Headers.GetValues("X-Request-Id").Single();

        await visit.OpenAsync($"/logs?request_id={requestId}");
        await Expect(visit.Page.Locator(".log-table tbody tr")).ToHaveCountAsync(1);
        await visit.Page.Locator(".log-table a").ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Dialog).GetByText(requestId)).ToBeVisibleAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("3시간");

        await visit.OpenAsync("/");
        await Expect(visit.Page.Locator(".board-figure")).ToHaveAttributeAsync("aria-label", "1");
        await Expect(visit.Page.Locator(".log-table")).ToContainTextAsync("/v1/recommend");
    }

    [Fact]
    public async Task A_key_that_is_replaced_without_grace_stops_and_the_new_one_works()
    {
        await using var visit = await browser.VisitAsync(system.Console);
        await SignUpAsync(visit, "Reroll Rail", "reroll@rail.example");
        var old = await MakeKeyAsync(visit, "timetable");
        await visit.Button("교체").ClickAsync();
        await visit.Page.GetByRole(AriaRole.Dialog).GetByLabel("바로 멈춤").CheckAsync();
        await visit.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "교체", Exact = true }).ClickAsync();
        await Expect(visit.Page.Locator(".secret-text")).Not.ToHaveTextAsync(old);
        var key = await visit.Page.Locator(".secret-text").InnerTextAsync();

        await Task.Delay(KeyIsSeen);
        foreach (var replica in system.Replicas())
        {
            using var refused = await system.RecommendAsync(old, replica);
            using var answered = await system.RecommendAsync(key, replica);
            Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), (refused.StatusCode, answered.StatusCode));
        }
    }

    [Fact]
    public async Task The_playground_draws_what_the_api_answers()
    {
        await using var visit = await browser.VisitAsync(system.Console);
        await SignUpAsync(visit, "Play OTT", "play@ott.example");
        await MakeKeyAsync(visit, "play");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "플레이그라운드에서 써 보기" }).ClickAsync();
        await visit.Button("호출하기").ClickAsync();

        await Expect(visit.Page.Locator(".drawn")).ToHaveCountAsync(2);
        await Expect(visit.Page.Locator(".drawn li").First).ToBeVisibleAsync();
        await visit.Page.GetByLabel("API 키").FillAsync("sk-moviesir-wrong");
        await visit.Button("호출하기").ClickAsync();
        await Expect(visit.Page.GetByText("INVALID_API_KEY")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_rule_is_previewed_saved_and_obeyed_by_recommendation_search_and_similar()
    {
        await using var visit = await browser.VisitAsync(system.Console);
        await SignUpAsync(visit, "Careful Air", "careful@air.example");
        var key = await MakeKeyAsync(visit, "cabin");
        await visit.OpenAsync("/rules");
        await visit.Page.GetByRole(AriaRole.Radio, new() { Name = "장르", Exact = true }).CheckAsync();
        await visit.Page.GetByLabel("장르 이름").FillAsync("드라마");
        await visit.Button("미리 보기에 더하기").ClickAsync();
        await Expect(visit.Page.Locator(".draft")).ToContainTextAsync("이 빠져요");
        await visit.Button("규칙 저장").ClickAsync();
        await Expect(visit.Page.Locator(".draft")).ToHaveCountAsync(0);
        await Expect(visit.Page.Locator(".rule-list")).ToContainTextAsync("Drama"); // a genre is kept by its own name

        await Task.Delay(KeyIsSeen);
        using var recommended = await CallAsync(key, "/v1/recommend", new { available_time = 240 });
        using var found = await CallAsync(key, "/v1/search", new { query = "family", k = 20 });
        Assert.All(GenresOf(recommended), genres => Assert.DoesNotContain("드라마", genres));
        Assert.Equal(20, GenresOf(found).Count);
        Assert.All(GenresOf(found), genres => Assert.DoesNotContain("드라마", genres));
    }

    [Fact]
    public async Task Signing_in_and_making_a_key_takes_no_mouse()
    {
        await using var visit = await browser.VisitAsync(system.Console);
        await SignUpAsync(visit, "Keyboard Rail", "keys@rail.example");
        await visit.OpenAsync("/settings");
        await visit.Button("로그아웃").ClickAsync();
        await Expect(visit.Heading).ToHaveTextAsync("로그인");

        await visit.Page.GetByLabel("이메일").FocusAsync();
        await visit.Page.Keyboard.TypeAsync("keys@rail.example");
        await visit.Page.Keyboard.PressAsync("Tab");
        await visit.Page.Keyboard.TypeAsync(Password);
        await visit.Page.Keyboard.PressAsync("Enter");
        await Expect(visit.Heading).ToHaveTextAsync("대시보드");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "API 키", Exact = true }).First.FocusAsync();
        await visit.Page.Keyboard.PressAsync("Enter");
        await Expect(visit.Heading).ToHaveTextAsync("API 키");
        await visit.Button("키 만들기").FocusAsync();
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.Page.GetByRole(AriaRole.Dialog).GetByLabel("이름").FocusAsync();
        await visit.Page.Keyboard.TypeAsync("by keyboard");
        await visit.Page.Keyboard.PressAsync("Enter");
        await Expect(visit.Page.Locator(".secret-text")).ToContainTextAsync("sk-moviesir-");
    }

    [Theory]
    [InlineData(ColorScheme.Light, 360)]
    [InlineData(ColorScheme.Dark, 1280)]
    public async Task Every_page_is_free_of_findings_of_axe_and_of_sideways_scrolling(ColorScheme theme, int width)
    {
        await using var visit = await browser.VisitAsync(
            system.Console, new() { ColorScheme = theme, ViewportSize = new() { Width = width, Height = 800 } });
        foreach (var path in new[] { "/", "/sign-up", "/forgot", "/reset#token=none" })
        {
            await visit.OpenAsync(path);
            await Expect(visit.Heading).ToBeVisibleAsync();
            await PageFindings.AssertNoneAsync(visit.Page, $"{path}, signed out, {theme}");
        }

        await SignUpAsync(visit, $"Axe {theme}", $"axe-{theme}@example.com");
        using var _ = await system.RecommendAsync(await MakeKeyAsync(visit, "axe"));
        foreach (var path in new[]
        {
            "/", "/keys", "/usage", "/quality", "/logs", "/playground", "/rules", "/members", "/settings", "/more", "/nowhere",
        })
        {
            await visit.OpenAsync(path);
            await Expect(visit.Heading).ToBeVisibleAsync();
            await Expect(visit.Page.Locator(".waiting")).ToHaveCountAsync(0);
            await PageFindings.AssertNoneAsync(visit.Page, $"{path}, {theme}");
        }
    }

    [Fact]
    public async Task An_administrator_switches_a_company_off_and_its_key_stops_on_both_replicas()
    {
        await using var engineer = await browser.VisitAsync(system.Console);
        await SignUpAsync(engineer, "Paused Air", "paused@air.example");
        var key = await MakeKeyAsync(engineer, "paused");
        foreach (var replica in system.Replicas())
        {
            using var answered = await system.RecommendAsync(key, replica);
            Assert.Equal(HttpStatusCode.OK, answered.StatusCode);
        }

        await using var visit = await browser.VisitAsync(system.Console);
        await SignUpAsync(visit, "Operations", "operator@service.example");
        await system.RunApiAsync("admins", "create", "--email", "operator@service.example");
        await visit.OpenAsync("/admin/companies");
        await visit.Page.GetByLabel("회사 이름으로 찾기").FillAsync("Paused");
        await visit.Button("찾기").ClickAsync();
        await Expect(visit.Page.Locator("tbody tr")).ToHaveCountAsync(1);
        await PageFindings.AssertNoneAsync(visit.Page, "/admin/companies");
        await visit.Button("끄기").ClickAsync();
        await visit.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "끄기", Exact = true }).ClickAsync();
        await Expect(visit.Button("켜기")).ToBeVisibleAsync();

        await Task.Delay(KeyIsSeen);
        foreach (var replica in system.Replicas())
        {
            using var refused = await system.RecommendAsync(key, replica);
            Assert.False(refused.IsSuccessStatusCode);
        }

        await engineer.OpenAsync("/keys");
        await Expect(engineer.Page.GetByText("운영자가 이 회사를 껐어요")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_first_load_stays_within_its_budget()
    {
        await using var visit = await browser.VisitAsync(system.Console);
        await visit.OpenAsync("/");
        await Expect(visit.Heading).ToBeVisibleAsync();
        await visit.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);

        Assert.InRange(await PageFindings.BytesAsync(visit.Page, ".js"), 1, 120_000);
        Assert.InRange(await PageFindings.BytesAsync(visit.Page, ".css"), 1, 25_000);
    }

    [Theory]
    [InlineData("localhost", "/")]
    [InlineData("localhost", "/en/")]
    [InlineData("api.localhost", "/")]
    [InlineData("api.localhost", "/en/docs/")]
    public async Task The_sites_are_free_of_findings_of_axe_and_their_links_lead_somewhere(string host, string path)
    {
        await using var visit = await browser.VisitAsync(new UriBuilder(system.Console) { Host = host }.Uri);
        await visit.OpenAsync(path);
        await Expect(visit.Heading).ToBeVisibleAsync();
        await PageFindings.AssertNoneAsync(visit.Page, host + path);

        var links = await visit.Page.EvaluateAsync<string[]>("[...document.links].map(link => link.href)");
        foreach (var link in links.Select(link => new Uri(link)).Where(link => link.Fragment.Length == 0).Distinct())
        {
            using var answer = await OpenAsync(link);
            var place = answer.Headers.Location is { } location ? new Uri(link, location) : link;
            using var page = answer.Headers.Location is null ? null : await OpenAsync(place);
            Assert.True((page ?? answer).IsSuccessStatusCode, $"{host}{path} leads to {place}, which answers {(int)(page ?? answer).StatusCode}.");
        }
    }

    /// <summary>Asks the edge for a page of any of its sites, whose names only browsers can look up. What leads on is not followed.</summary>
    private async Task<HttpResponseMessage> OpenAsync(Uri link)
    {
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(system.AddressOf("edge"), link.PathAndQuery));
        request.Headers.Host = link.Authority;
        return await client.SendAsync(request);
    }

    private async Task SignUpAsync(Visit visit, string company, string email)
    {
        await visit.OpenAsync("/sign-up");
        await visit.Page.GetByLabel("회사 이름").FillAsync(company);
        await visit.Page.GetByLabel("이메일").FillAsync(email);
        await visit.Page.GetByLabel("비밀번호", new() { Exact = true }).FillAsync(Password);
        await visit.Button("인증번호 받기").ClickAsync();
        await visit.Page.GetByLabel("인증번호").FillAsync(await _mails.CodeAsync(email));
        await visit.Button("확인하고 시작하기").ClickAsync();
        await Expect(visit.Heading).ToHaveTextAsync("API 키");
    }

    private static async Task<string> MakeKeyAsync(Visit visit, string name)
    {
        await visit.Button("키 만들기").ClickAsync();
        await visit.Page.GetByRole(AriaRole.Dialog).GetByLabel("이름").FillAsync(name);
        await visit.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "키 만들기" }).ClickAsync();
        await Expect(visit.Page.Locator(".secret-text")).ToContainTextAsync("sk-moviesir-");
        return await visit.Page.Locator(".secret-text").InnerTextAsync();
    }

    private async Task<JsonDocument> CallAsync(string key, string path, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(system.AddressOf("api"), path)) { Content = JsonContent.Create(body) };
        request.Headers.Add("X-API-Key", key);
        using var answer = await system.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await JsonDocument.ParseAsync(await answer.Content.ReadAsStreamAsync());
    }

    /// <summary>The genres of each movie of an answer.</summary>
    private static List<string[]> GenresOf(JsonDocument answer)
    {
        var data = answer.RootElement.GetProperty("data");
        var lists = data.TryGetProperty("movies", out var movies)
            ? [movies]
            : new[] { data.GetProperty("track_a").GetProperty("movies"), data.GetProperty("track_b").GetProperty("movies") };
        return [.. lists.SelectMany(list => list.EnumerateArray())
            .Select(movie => movie.GetProperty("genres").EnumerateArray().Select(genre => genre.GetString()!).ToArray())];
    }
}
