using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using MovieSir.Tests.AppHost;
using static Microsoft.Playwright.Assertions;

namespace MovieSir.Tests.Browser;

/// <summary>What somebody without an account does, in Chromium, before the whole system.</summary>
[Collection(AppHostTests.Name)]
public sealed partial class GuestTests(RunningSystem system, TestBrowser browser)
{
    private Uri App => system.App;

    [Fact]
    public async Task A_guest_draws_a_ticket_that_fills_the_time_and_changes_all_of_it()
    {
        await using var visit = await browser.VisitAsync(App);
        await visit.DrawTicketAsync("3시간 20분");
        await Expect(visit.Heading).ToHaveTextAsync("3시간 20분을 위한 티켓");
        var drawn = await visit.TitlesAsync();
        var minutes = await MinutesAsync(visit);
        Assert.InRange(minutes.Sum(), 180, 200);

        var swapped = drawn[0];
        await visit.Stops.First.GetByRole(AriaRole.Button, new() { Name = "다른 영화로" }).ClickAsync();
        await Expect(visit.Page.Locator(".stop h2").First).Not.ToHaveTextAsync(swapped);
        Assert.InRange((await MinutesAsync(visit)).Sum(), 1, 200);

        await visit.Button("되돌리기").Last.ClickAsync();
        await Expect(visit.Page.Locator(".stop h2").First).ToHaveTextAsync(swapped);

        var kept = drawn[^1];
        await visit.Stops.Last.GetByRole(AriaRole.Button, new() { Name = "고정" }).ClickAsync();
        await visit.Button("고정하고 나머지 다시 채우기").ClickAsync();
        await Expect(visit.Page.GetByText("나머지를 다시 채웠어요.")).ToBeVisibleAsync();
        Assert.Contains(kept, await visit.TitlesAsync());
        Assert.NotEqual(drawn, await visit.TitlesAsync());
        Assert.InRange((await MinutesAsync(visit)).Sum(), 180, 200);

        var before = await visit.TitlesAsync();
        await visit.Stops.First.GetByText("더 보기").ClickAsync();
        await visit.Stops.First.GetByRole(AriaRole.Button, new() { Name = "빼기" }).ClickAsync();
        await Expect(visit.Stops).ToHaveCountAsync(before.Count - 1);
    }

    [Fact]
    public async Task A_seen_movie_leaves_the_ticket_and_undo_brings_it_back()
    {
        await using var visit = await browser.VisitAsync(App);
        await visit.DrawTicketAsync("160");
        var title = (await visit.TitlesAsync())[0];

        await visit.Stops.First.GetByText("더 보기").ClickAsync();
        await visit.Stops.First.GetByRole(AriaRole.Button, new() { Name = "봤어요" }).ClickAsync();
        await Expect(visit.Page.Locator(".stop h2").GetByText(title, new() { Exact = true })).ToHaveCountAsync(0);

        await visit.Page.Locator(".toast").GetByRole(AriaRole.Button).ClickAsync();
        await Expect(visit.Page.Locator(".stop h2").GetByText(title, new() { Exact = true })).ToHaveCountAsync(1);
        await visit.Page.Locator(".stop h2 a", new() { HasTextString = title }).ClickAsync();
        var seen = visit.Page.Locator(".movie-mine").GetByRole(AriaRole.Button, new() { Name = "봤어요" });
        await Expect(seen).ToHaveAttributeAsync("aria-pressed", "false");
    }

    [Fact]
    public async Task A_shared_ticket_is_opened_by_a_stranger_and_on_the_owners_other_page()
    {
        await using var visit = await browser.VisitAsync(App);
        await visit.DrawTicketAsync("3시간");
        var titles = await visit.TitlesAsync();
        await visit.Button("공유").ClickAsync();
        var link = new Uri(await visit.Page.Locator("dialog input").InputValueAsync());

        await using var stranger = await browser.VisitAsync(App);
        await stranger.OpenAsync(link.PathAndQuery);
        await Expect(stranger.Heading).ToHaveTextAsync("받은 영화 티켓");
        Assert.Equal(titles, await stranger.TitlesAsync());
        await Expect(stranger.Page.GetByRole(AriaRole.Button, new() { Name = "다른 영화로" })).ToHaveCountAsync(0);

        await stranger.OpenAsync(new Uri(visit.Page.Url).PathAndQuery);
        await Expect(stranger.Page.GetByText("이 티켓은 찾을 수 없어요.")).ToBeVisibleAsync();
        await visit.Page.EvaluateAsync("localStorage.removeItem('ticket')"); // as on another of their devices
        await visit.Page.ReloadAsync();
        await Expect(visit.Stops).ToHaveCountAsync(titles.Count);
        Assert.Equal(titles, await visit.TitlesAsync());
    }

    [Fact]
    public async Task Until_a_clock_time_reaches_past_midnight()
    {
        await using var visit = await browser.VisitAsync(App);
        await visit.Page.Clock.SetFixedTimeAsync(new DateTime(2026, 11, 27, 13, 30, 0, DateTimeKind.Utc)); // 22:30 in Seoul
        await visit.OpenAsync("/");
        await visit.Page.GetByRole(AriaRole.Radio, new() { Name = "몇 시까지" }).CheckAsync();
        await visit.Page.GetByLabel("끝나야 하는 시각").FillAsync("01:10");
        await Expect(visit.Page.GetByText("지금부터 내일 그때까지 2시간 40분")).ToBeVisibleAsync();
        await visit.Button("티켓 끊기").ClickAsync();

        await Expect(visit.Heading).ToHaveTextAsync("2시간 40분을 위한 티켓");
        await Expect(visit.Page.Locator(".board-time").First.GetByRole(AriaRole.Img)).ToHaveAttributeAsync("aria-label", "22:30");
        await Expect(visit.Page.Locator(".board-day")).ToHaveTextAsync("+1");
        var end = await visit.Page.Locator(".board-end").GetByRole(AriaRole.Img).GetAttributeAsync("aria-label");
        Assert.InRange(TimeOnly.ParseExact(end!, "HH:mm", CultureInfo.InvariantCulture), new TimeOnly(0, 54), new TimeOnly(1, 10));
    }

    [Fact]
    public async Task Everything_from_home_to_details_is_done_by_keyboard()
    {
        await using var visit = await browser.VisitAsync(App);
        await visit.OpenAsync("/");
        var slider = visit.Page.GetByRole(AriaRole.Slider);
        await TabToAsync(visit.Page, "input[type=range]");
        await visit.Page.Keyboard.PressAsync("ArrowRight");
        await Expect(slider).ToHaveAttributeAsync("aria-valuetext", "2시간 45분");
        await TabToAsync(visit.Page, ".find");
        await visit.Page.Keyboard.PressAsync("Enter");
        await Expect(visit.Stops.First).ToBeVisibleAsync();
        await Expect(visit.Heading).ToBeFocusedAsync();

        await TabToAsync(visit.Page, ".stop h2 a");
        await visit.Page.Keyboard.PressAsync("Enter");
        await Expect(visit.Page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await visit.Page.Keyboard.PressAsync("Escape");
        await Expect(visit.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        Assert.True(await visit.Page.EvaluateAsync<bool>("document.activeElement?.matches('.stop h2 a')"));
    }

    [Fact]
    public async Task The_last_ticket_is_read_offline_and_the_shell_opens()
    {
        await using var visit = await browser.VisitAsync(App);
        await visit.OpenAsync("/");
        await visit.Page.EvaluateAsync("navigator.serviceWorker.ready.then(() => {})");
        await visit.DrawTicketAsync("3시간");
        var titles = await visit.TitlesAsync();

        await visit.Context.SetOfflineAsync(true);
        await visit.Page.ReloadAsync();
        await Expect(visit.Page.GetByText("인터넷에 연결되어 있지 않아요. 마지막 티켓은 볼 수 있어요.")).ToBeVisibleAsync();
        Assert.Equal(titles, await visit.TitlesAsync());
        await Expect(visit.Page.Locator(".stop-poster svg").First).ToBeVisibleAsync();
        var kept = await visit.Page.EvaluateAsync<string[]>(
            """
            async () => {
              const urls = []
              for (const name of await caches.keys())
                for (const request of await (await caches.open(name)).keys()) urls.push(new URL(request.url).pathname)
              return urls
            }
            """);
        Assert.Contains("/index.html", kept);
        Assert.DoesNotContain(kept, path => AnswerOfTheApi().IsMatch(path));

        await visit.OpenAsync("/nowhere");
        await Expect(visit.Heading).ToHaveTextAsync("이 역에는 열차가 서지 않아요");
    }

    [Fact]
    public async Task Language_and_theme_are_switched_and_kept()
    {
        await using var visit = await browser.VisitAsync(App, new() { ServiceWorkers = ServiceWorkerPolicy.Block });
        await visit.OpenAsync("/");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Switch to English" }).ClickAsync();
        await Expect(visit.Heading).ToHaveTextAsync("How much time do you have?");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Theme: as on this device" }).ClickAsync();

        // Before the app's own script has run, both are set: nothing flashes.
        await visit.Page.RouteAsync(new Regex("/assets/index-.*\\.js$"), route => route.AbortAsync());
        await visit.Page.ReloadAsync();
        await Expect(visit.Page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        await Expect(visit.Page.Locator("html")).ToHaveAttributeAsync("lang", "en");
    }

    private static async Task TabToAsync(IPage page, string selector)
    {
        for (var press = 0; press < 100; press++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.EvaluateAsync<bool>("selector => document.activeElement?.matches(selector) ?? false", selector))
            {
                return;
            }
        }

        Assert.Fail($"The Tab key does not lead to {selector}.");
    }

    private static async Task<IReadOnlyList<int>> MinutesAsync(Visit visit) =>
    [
        .. (await visit.Page.Locator(".stop .facts").AllInnerTextsAsync())
            .Select(facts => int.Parse(MinutesText().Match(facts).Groups[1].Value, CultureInfo.InvariantCulture)),
    ];

    [GeneratedRegex("^/(auth|registration|onboarding|recommendation|movies|users|mypage|api|s)/")]
    private static partial Regex AnswerOfTheApi();

    [GeneratedRegex("([0-9]+)분")]
    private static partial Regex MinutesText();
}
