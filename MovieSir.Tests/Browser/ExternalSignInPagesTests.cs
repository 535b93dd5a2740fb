using Microsoft.Playwright;
using MovieSir.Tests.AppHost;
using static Microsoft.Playwright.Assertions;

namespace MovieSir.Tests.Browser;

/// <summary>Sign-in by Google and GitHub, through the edge, with a provider beside the system.</summary>
[Collection(AppHostTests.Name)]
public sealed class ExternalSignInPagesTests(RunningSystem system, TestBrowser browser)
{
    [Theory]
    [InlineData("Google", "3001", ColorScheme.Light, 1280)]
    [InlineData("GitHub", "3002", ColorScheme.Dark, 360)]
    public async Task Somebody_signs_up_by_another_service_and_comes_back_by_it(string service, string subject, ColorScheme theme, int width)
    {
        (system.Provider.Subject, system.Provider.Email) = (subject, $"pilot-{subject}@example.com");
        var provider = new Uri(system.Provider.Address);
        await using var visit = await browser.VisitAsync(
            system.Console, new() { ColorScheme = theme, ViewportSize = new() { Width = width, Height = 800 } }, provider);
        await visit.OpenAsync("/");
        await PageFindings.AssertNoneAsync(visit.Page, $"sign-in, {theme}");
        await visit.Button($"{service}로 계속하기").ClickAsync();
        await Expect(visit.Page.GetByLabel("회사 이름")).ToBeVisibleAsync();
        await PageFindings.AssertNoneAsync(visit.Page, $"naming the company, {theme}");
        await visit.Page.GetByLabel("회사 이름").FillAsync($"Sky {subject}");
        await visit.Button("회사 등록").ClickAsync();
        await Expect(visit.Heading).ToHaveTextAsync("API 키");

        await visit.OpenAsync("/settings");
        await Expect(visit.Page.Locator(".rule-list").GetByText($"pilot-{subject}@example.com")).ToBeVisibleAsync();
        await visit.Button("연결 끊기").ClickAsync();
        await Expect(visit.Page.GetByText("먼저 비밀번호를 만들어 주세요")).ToBeVisibleAsync();
        await PageFindings.AssertNoneAsync(visit.Page, $"settings, {theme}");
        await visit.Page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Button, new() { Name = "로그아웃", Exact = true }).First.ClickAsync();
        await visit.Button($"{service}로 계속하기").ClickAsync();
        await Expect(visit.Heading).ToHaveTextAsync("대시보드");

        await using var other = await browser.VisitAsync(system.Console, leaves: provider);
        system.Provider.Denies = true;
        await other.OpenAsync("/");
        await other.Button($"{service}로 계속하기").ClickAsync();
        await Expect(other.Heading).ToHaveTextAsync("로그인하지 못했어요");
        system.Provider.Denies = false;
        await Expect(other.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync(service);
        await PageFindings.AssertNoneAsync(other.Page, $"what came to nothing, {theme}");
    }
}
