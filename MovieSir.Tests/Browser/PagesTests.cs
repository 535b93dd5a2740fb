using System.Net;
using Microsoft.Playwright;
using MovieSir.Tests.AppHost;
using static Microsoft.Playwright.Assertions;

namespace MovieSir.Tests.Browser;

/// <summary>What holds for every page of the app.</summary>
[Collection(AppHostTests.Name)]
public sealed class PagesTests(RunningSystem system, TestBrowser browser)
{
    private const int MaximumScriptBytes = 70_000;
    private const int MaximumStyleBytes = 25_000;

    private static readonly string[] Paths =
    [
        "/", "/help", "/nowhere", "/signin", "/join", "/reset", "/email", "/welcome", "/together", "/together/none", "/me", "/me/watched",
        "/plan/none", "/result/none",
    ];

    [Theory]
    [InlineData(ColorScheme.Light, 360)]
    [InlineData(ColorScheme.Dark, 1280)]
    public async Task Every_page_is_free_of_findings_of_axe_and_of_sideways_scrolling(ColorScheme theme, int width)
    {
        await using var visit = await browser.VisitAsync(
            system.App, new() { ColorScheme = theme, ViewportSize = new() { Width = width, Height = 800 } });
        foreach (var path in Paths)
        {
            await visit.OpenAsync(path);
            await Expect(visit.Heading).ToBeVisibleAsync();
            await visit.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
            await PageFindings.AssertNoneAsync(visit.Page, $"{path}, {theme}");
        }

        await visit.DrawTicketAsync("3시간");
        await PageFindings.AssertNoneAsync(visit.Page, $"a ticket, {theme}");
        await visit.Page.Locator(".stop h2 a").First.ClickAsync();
        await Expect(visit.Page.Locator(".movie")).ToBeVisibleAsync();
        await PageFindings.AssertNoneAsync(visit.Page, $"details, {theme}");
    }

    [Fact]
    public async Task The_first_load_stays_within_its_budget()
    {
        await using var visit = await browser.VisitAsync(system.App);
        await visit.OpenAsync("/");
        await Expect(visit.Heading).ToBeVisibleAsync();
        await visit.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);

        var scripts = await PageFindings.BytesAsync(visit.Page, ".js");
        var styles = await PageFindings.BytesAsync(visit.Page, ".css");
        TestContext.Current.SendDiagnosticMessage("first load: {0} bytes of scripts, {1} of styles", scripts, styles);
        Assert.InRange(scripts, 1, MaximumScriptBytes);
        Assert.InRange(styles, 1, MaximumStyleBytes);
    }

    [Theory]
    [InlineData("/sw.js")]
    [InlineData("/manifest.json")]
    [InlineData("/")]
    public async Task What_has_no_hash_in_its_name_is_not_cached(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(system.AddressOf("edge"), path)) { Headers = { Host = system.App.Host } };
        using var answer = await system.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("no-cache, no-store, must-revalidate", answer.Headers.NonValidated["Cache-Control"].ToString());
    }
}
