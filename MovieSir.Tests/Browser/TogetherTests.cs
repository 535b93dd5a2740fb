using Microsoft.Playwright;
using MovieSir.Tests.AppHost;
using static Microsoft.Playwright.Assertions;

namespace MovieSir.Tests.Browser;

/// <summary>Two people choose together, each in a browser of their own.</summary>
[Collection(AppHostTests.Name)]
public sealed class TogetherTests(RunningSystem system, TestBrowser browser)
{
    [Theory]
    [InlineData(ColorScheme.Light, 360)]
    [InlineData(ColorScheme.Dark, 1280)]
    public async Task Two_people_get_one_ticket_by_a_link(ColorScheme theme, int width)
    {
        var options = new BrowserNewContextOptions { ColorScheme = theme, ViewportSize = new() { Width = width, Height = 800 } };
        await using var first = await browser.VisitAsync(system.App, options);
        await first.OpenAsync("/together");
        await PickAsync(first, 0);
        await PageFindings.AssertNoneAsync(first.Page, $"/together, {theme}");
        await first.Button("링크 만들기").ClickAsync();
        await Expect(first.Page.GetByText("상대방이 고르기를 기다리고 있어요…")).ToBeVisibleAsync();
        await PageFindings.AssertNoneAsync(first.Page, $"the invitation, {theme}");
        var link = new Uri(await first.Page.Locator(".invite input").InputValueAsync());

        await using var second = await browser.VisitAsync(system.App, new() { ColorScheme = theme, ViewportSize = options.ViewportSize });
        await second.OpenAsync(link.AbsolutePath);
        await Expect(second.Heading).ToHaveTextAsync("함께 볼 영화를 골라요");
        await PickAsync(second, 4);
        await second.Button("이렇게 고를래요").ClickAsync();

        await Expect(first.Heading).ToHaveTextAsync("둘 다 골랐어요!");
        await PageFindings.AssertNoneAsync(first.Page, $"both have chosen, {theme}");
        await first.Button("둘의 티켓 끊기").ClickAsync();
        await Expect(first.Stops.First).ToBeVisibleAsync();

        await using var third = await browser.VisitAsync(system.App);
        await third.OpenAsync(link.AbsolutePath);
        await Expect(third.Page.GetByText("이미 두 사람이 모두 골랐어요.")).ToBeVisibleAsync();
    }

    private static async Task PickAsync(Visit visit, int from)
    {
        var choices = visit.Page.Locator(".poster-choice");
        await Expect(choices).ToHaveCountAsync(12);
        var names = await choices.Locator("b").AllInnerTextsAsync();
        foreach (var name in names.Skip(from).Take(3))
        {
            // What is chosen moves to the front.
            await choices.Filter(new() { Has = visit.Page.GetByText(name, new() { Exact = true }) }).First.ClickAsync();
        }

        await Expect(visit.Page.GetByText("3/3편 골랐어요")).ToBeVisibleAsync();
    }
}
