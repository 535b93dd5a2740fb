using System.Text.RegularExpressions;
using Microsoft.Playwright;
using MovieSir.Tests.AppHost;
using Npgsql;
using static Microsoft.Playwright.Assertions;

namespace MovieSir.Tests.Browser;

/// <summary>What somebody with an account does, in Chromium, before the whole system; codes and links are read from the mail sink.</summary>
[Collection(AppHostTests.Name)]
public sealed partial class AccountPagesTests(RunningSystem system, TestBrowser browser)
{
    private const string Password = "a long passw0rd";
    private readonly Mails _mails = new(system);

    [Fact]
    public async Task A_guest_signs_up_by_a_mailed_code_and_keeps_what_they_have_seen()
    {
        await using var visit = await browser.VisitAsync(system.App);
        await visit.DrawTicketAsync("160");
        var seen = (await visit.TitlesAsync())[0];
        await visit.Stops.First.GetByText("더 보기").ClickAsync();
        await visit.Stops.First.GetByRole(AriaRole.Button, new() { Name = "봤어요" }).ClickAsync();
        await Expect(visit.Page.Locator(".stop h2").GetByText(seen, new() { Exact = true })).ToHaveCountAsync(0);

        await SignUpAsync(visit, "guest@example.com", "손님이었던");

        await visit.OpenAsync("/me/watched");
        await Expect(visit.Heading).ToHaveTextAsync("손님이었던 님의 마이페이지");
        await Expect(visit.Page.Locator(".movie-grid b")).ToHaveTextAsync([seen]);
        await visit.OpenAsync("/me/tickets");
        await Expect(visit.Page.Locator(".ticket-list li")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task A_wrong_code_and_a_taken_nickname_keep_what_was_entered()
    {
        await using var first = await browser.VisitAsync(system.App);
        await SignUpAsync(first, "first@example.com", "하나뿐인");
        await using var visit = await browser.VisitAsync(system.App);
        await FillSignUpAsync(visit, "second@example.com", "하나뿐인");
        await visit.Button("인증번호 받기").ClickAsync();
        await Expect(visit.Page.GetByText("다른 분이 쓰고 있는 닉네임이에요.").First).ToBeVisibleAsync();
        await Expect(visit.Page.GetByLabel("이메일")).ToHaveValueAsync("second@example.com");
        await visit.Page.GetByLabel("닉네임").FillAsync("둘째");
        await visit.Button("인증번호 받기").ClickAsync();
        var code = await _mails.CodeAsync("second@example.com");

        await visit.Page.GetByLabel("인증번호").FillAsync(code == "000000" ? "111111" : "000000");
        await visit.Button("가입 마치기").ClickAsync();
        await Expect(visit.Page.GetByText("인증번호가 달라요. 4번 더 입력할 수 있어요.")).ToBeVisibleAsync();
        await visit.Page.GetByLabel("인증번호").FillAsync(code);
        await visit.Button("가입 마치기").ClickAsync();

        await Expect(visit.Page).ToHaveURLAsync(Welcome());
    }

    [Fact]
    public async Task A_mailed_link_sets_a_new_password_on_another_device()
    {
        const string other = "an0ther password";
        await using var visit = await browser.VisitAsync(system.App);
        await SignUpAsync(visit, "reset@example.com", "잊어버린");
        await using var phone = await browser.VisitAsync(system.App, new() { ViewportSize = new() { Width = 360, Height = 740 } });
        await phone.OpenAsync("/signin");
        await phone.Page.GetByRole(AriaRole.Link, new() { Name = "비밀번호를 잊으셨나요?" }).ClickAsync();
        await phone.Page.GetByLabel("이메일").FillAsync("reset@example.com");
        await phone.Button("링크 받기").ClickAsync();
        await Expect(phone.Page.GetByText("가입된 이메일이라면 링크를 보냈어요.")).ToBeVisibleAsync();

        await phone.OpenAsync(await _mails.LinkAsync("reset@example.com", "/reset"));
        await phone.Page.GetByLabel("새 비밀번호", new() { Exact = true }).FillAsync(other);
        await phone.Button("비밀번호 바꾸기").ClickAsync();
        await Expect(phone.Heading).ToHaveTextAsync("다시 오셨네요");
        await SignInAsync(phone, "reset@example.com", Password);
        await Expect(phone.Page.GetByText("이메일이나 비밀번호가 맞지 않아요.")).ToBeVisibleAsync();
        await SignInAsync(phone, "reset@example.com", other);

        await Expect(phone.Page).ToHaveURLAsync(Welcome());
        await visit.OpenAsync("/me"); // signed out by it
        await Expect(visit.Heading).ToHaveTextAsync("마이페이지");
    }

    [Fact]
    public async Task Ratings_statistics_and_undo_of_my_page()
    {
        await using var visit = await browser.VisitAsync(system.App);
        await SignUpAsync(visit, "rating@example.com", "별점왕");
        await visit.OpenAsync("/me/watched");
        await visit.Page.GetByText("영화 추가하기").ClickAsync();
        await visit.Page.GetByLabel("본 영화를 제목이나 분위기로 찾아 보세요").FillAsync("기생충");
        await visit.Page.Locator(".found button").First.ClickAsync();
        var movie = visit.Page.Locator(".movie-grid li");
        await Expect(movie).ToHaveCountAsync(1);

        await RateAsync(visit, movie, "4.5");
        await visit.OpenAsync("/me/statistics");
        await Expect(visit.Page.Locator(".figures")).ToContainTextAsync("★ 4.5");
        await Expect(visit.Page.GetByRole(AriaRole.Table, new() { Name = "장르" }).GetByRole(AriaRole.Row).First).ToContainTextAsync("1");
        await visit.OpenAsync("/me/watched");
        await Expect(movie.Locator("select")).ToHaveValueAsync("4.5");

        await movie.GetByRole(AriaRole.Button).ClickAsync();
        await Expect(movie).ToHaveCountAsync(0);
        await visit.Page.Locator(".toast").GetByRole(AriaRole.Button).ClickAsync();
        await Expect(movie.Locator("select")).ToHaveValueAsync("4.5");
        await RateAsync(visit, movie, "");
        await visit.Page.ReloadAsync();
        await Expect(movie.Locator("select")).ToHaveValueAsync("");
        await visit.Page.GetByLabel("제목으로 찾기").FillAsync("이런 영화는 없다");
        await Expect(visit.Page.GetByText("그런 제목의 본 영화가 없어요.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Services_nickname_history_and_email_are_changed_in_the_settings()
    {
        await using var visit = await browser.VisitAsync(system.App);
        await SignUpAsync(visit, "settings@example.com", "설정이");
        await visit.OpenAsync("/me/settings");
        await visit.Page.Locator(".choices .choice").First.ClickAsync();
        await visit.Page.Locator(".settings > section").First.GetByRole(AriaRole.Button, new() { Name = "저장" }).ClickAsync();
        await Expect(visit.Page.GetByText("저장했어요.").First).ToBeVisibleAsync();
        await visit.Page.GetByLabel("닉네임").FillAsync("바꾼 이름");
        await visit.Page.Locator("form", new() { Has = visit.Page.GetByLabel("닉네임") }).GetByRole(AriaRole.Button).ClickAsync();
        await Expect(visit.Heading).ToHaveTextAsync("바꾼 이름 님의 마이페이지");

        await visit.Page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload
        {
            Name = "watched.csv",
            MimeType = "text/csv",
            Buffer = "Date,Name,Year,Letterboxd URI\n2026-01-01,기생충,2019,x\n2026-01-01,No such movie of all,1999,x\n"u8.ToArray(),
        });
        await Expect(visit.Page.GetByText("2줄을 읽어 1편을 새로 넣었어요.")).ToBeVisibleAsync();
        var download = await visit.Page.RunAndWaitForDownloadAsync(() => visit.Button("모두 내려받기").ClickAsync());
        Assert.Contains("settings@example.com", await File.ReadAllTextAsync(await download.PathAsync()), StringComparison.Ordinal);

        await visit.Page.GetByLabel("새 이메일").FillAsync("changed@example.com");
        var form = visit.Page.Locator("form", new() { Has = visit.Page.GetByLabel("새 이메일") });
        await form.GetByLabel("지금 비밀번호").FillAsync(Password);
        await form.GetByRole(AriaRole.Button, new() { Name = "이메일 바꾸기" }).ClickAsync();
        await Expect(visit.Page.GetByText("changed@example.com 주소로 확인 메일을 보냈어요.")).ToBeVisibleAsync();
        await visit.OpenAsync(await _mails.LinkAsync("changed@example.com", "/email"));
        await Expect(visit.Page.GetByText("이메일을 바꿨어요.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_device_is_ended_from_another()
    {
        await using var visit = await browser.VisitAsync(system.App);
        await SignUpAsync(visit, "devices@example.com", "기기둘");
        await using var other = await browser.VisitAsync(system.App);
        await other.OpenAsync("/signin");
        await SignInAsync(other, "devices@example.com", Password);
        await Expect(other.Page).ToHaveURLAsync(Welcome());

        await visit.OpenAsync("/me/devices");
        await Expect(visit.Page.Locator(".rows li")).ToHaveCountAsync(2);
        await visit.Button("로그아웃시키기").ClickAsync();
        await Expect(visit.Page.Locator(".rows li")).ToHaveCountAsync(1);

        await other.OpenAsync("/me");
        await Expect(other.Page.GetByRole(AriaRole.Link, new() { Name = "회원가입" }).First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Onboarding_is_kept_over_a_reload_and_ends_at_home()
    {
        await using var visit = await browser.VisitAsync(system.App);
        await SignUpAsync(visit, "welcome@example.com", "처음이");
        await visit.Page.Locator(".service-tiles .choice").First.ClickAsync();
        await visit.Button("다음").ClickAsync();
        await visit.Page.Locator(".poster-choice").First.ClickAsync();
        await visit.Page.ReloadAsync();
        await Expect(visit.Page.Locator(".poster-choice input:checked")).ToHaveCountAsync(1);
        await visit.Button("다음").ClickAsync();
        await visit.Page.Locator(".welcome-foot .button-main").ClickAsync();

        await Expect(visit.Heading).ToHaveTextAsync("시간이 얼마나 있으세요?");
        await visit.OpenAsync("/me/settings");
        await Expect(visit.Page.Locator(".choices input:checked")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task A_deleted_account_is_restored_by_signing_in()
    {
        await using var visit = await browser.VisitAsync(system.App);
        await SignUpAsync(visit, "leave@example.com", "떠났다온");
        await visit.OpenAsync("/me/settings");
        var form = visit.Page.Locator("form", new() { Has = visit.Button("탈퇴하기") });
        await form.GetByLabel("지금 비밀번호").FillAsync("wr0ng password");
        await visit.Button("탈퇴하기").ClickAsync();
        await Expect(form.GetByText("지금 비밀번호가 맞지 않아요.")).ToBeVisibleAsync();
        await form.GetByLabel("지금 비밀번호").FillAsync(Password);
        await visit.Button("탈퇴하기").ClickAsync();
        await Expect(visit.Page.GetByText("탈퇴했어요.")).ToBeVisibleAsync();

        await visit.OpenAsync("/signin");
        await SignInAsync(visit, "leave@example.com", Password);
        await visit.Button("계정 되살리기").ClickAsync();

        await Expect(visit.Page).ToHaveURLAsync(Welcome());
        await visit.OpenAsync("/me");
        await Expect(visit.Heading).ToHaveTextAsync("떠났다온 님의 마이페이지");
    }

    [Fact]
    public async Task The_movies_of_an_ended_ticket_are_asked_about_one_by_one_and_a_thumb_is_taken_back()
    {
        await using var visit = await browser.VisitAsync(system.App);
        await visit.DrawTicketAsync("4시간");
        var titles = await visit.TitlesAsync();
        await EndAsync(system, new Uri(visit.Page.Url).Segments[^1]);

        await visit.OpenAsync("/");
        var question = visit.Page.Locator(".question", new() { HasText = "어떠셨어요?" });
        await Expect(question).ToContainTextAsync(titles[0]);
        await question.GetByRole(AriaRole.Button, new() { Name = "좋았어요" }).ClickAsync();
        await Expect(question).ToContainTextAsync(titles[1]);
        await visit.Page.Locator(".toast").GetByRole(AriaRole.Button).ClickAsync();
        await Expect(question).ToContainTextAsync(titles[0]);
        await question.GetByRole(AriaRole.Button, new() { Name = "나중에" }).ClickAsync();
        await Expect(question).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData(ColorScheme.Light, 360)]
    [InlineData(ColorScheme.Dark, 1280)]
    public async Task Every_page_of_an_account_is_free_of_findings_of_axe_and_of_sideways_scrolling(ColorScheme theme, int width)
    {
        await using var visit = await browser.VisitAsync(
            system.App, new() { ColorScheme = theme, ViewportSize = new() { Width = width, Height = 800 } });
        await FillSignUpAsync(visit, $"axe{width}@example.com", $"접근성 {width}");
        await visit.Button("인증번호 받기").ClickAsync();
        await Expect(visit.Page.GetByLabel("인증번호")).ToBeVisibleAsync();
        await PageFindings.AssertNoneAsync(visit.Page, $"the code, {theme}");
        await visit.Page.GetByLabel("인증번호").FillAsync(await _mails.CodeAsync($"axe{width}@example.com"));
        await visit.Button("가입 마치기").ClickAsync();
        await Expect(visit.Page).ToHaveURLAsync(Welcome());
        await WatchedAsync(visit);
        foreach (var path in new[] { "/me/watched", "/me/tickets", "/me/statistics", "/me/never", "/me/settings", "/me/devices" })
        {
            await visit.OpenAsync(path);
            await Expect(visit.Heading).ToBeVisibleAsync();
            await visit.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
            await PageFindings.AssertNoneAsync(visit.Page, $"{path}, {theme}");
        }
    }

    /// <summary>Waits until the API has it: a page that is left at once takes its call along.</summary>
    private static Task<IResponse> RateAsync(Visit visit, ILocator movie, string stars) => visit.Page.RunAndWaitForResponseAsync(
        () => movie.Locator("select").SelectOptionAsync(stars), response => response.Request.Method == "PUT" && response.Ok);

    private static async Task FillSignUpAsync(Visit visit, string email, string nickname)
    {
        await visit.OpenAsync("/join");
        await visit.Page.GetByLabel("이메일").FillAsync(email);
        await visit.Page.GetByLabel("닉네임").FillAsync(nickname);
        await visit.Page.GetByLabel("비밀번호", new() { Exact = true }).FillAsync(Password);
    }

    private async Task SignUpAsync(Visit visit, string email, string nickname)
    {
        await FillSignUpAsync(visit, email, nickname);
        await visit.Button("인증번호 받기").ClickAsync();
        await visit.Page.GetByLabel("인증번호").FillAsync(await _mails.CodeAsync(email));
        await visit.Button("가입 마치기").ClickAsync();
        await Expect(visit.Page).ToHaveURLAsync(Welcome());
    }

    private static async Task SignInAsync(Visit visit, string email, string password)
    {
        await visit.Page.GetByLabel("이메일").FillAsync(email);
        await visit.Page.GetByLabel("비밀번호", new() { Exact = true }).FillAsync(password);
        await visit.Button("로그인").ClickAsync();
    }

    /// <summary>Some movies, as the app's own calls mark them.</summary>
    internal static Task WatchedAsync(Visit visit) => visit.Page.EvaluateAsync(
        """
        async () => {
          const { movies } = await (await fetch('/movies/popular?limit=8')).json()
          const send = (id, what, body) => fetch(`/movies/${id}/${what}`, {
            method: 'PUT', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) })
          for (const [index, { movie_id }] of movies.entries()) {
            if (index < 6) await send(movie_id, 'watched', { rating: 2 + index / 2, watched_on: `2026-0${index + 1}-10` })
            else await send(movie_id, 'not-for-me', {})
          }
        }
        """);

    internal static async Task EndAsync(RunningSystem system, string session)
    {
        await using var connection = new NpgsqlConnection(await system.DatabaseAsync());
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            """
            UPDATE b2c.recommendation_sessions SET plan_track = 'a', starts_at = now() - interval '5 hours', ends_at = now() - interval '1 hour',
              plan_movie_ids = ARRAY(SELECT (movie ->> 'movie_id')::integer FROM jsonb_array_elements(answer -> 'track_a' -> 'movies') AS movie)
            WHERE session_id = $1
            """,
            connection);
        command.Parameters.Add(new() { Value = Guid.Parse(session) });
        Assert.Equal(1, await command.ExecuteNonQueryAsync());
    }

    [GeneratedRegex("/welcome$")]
    private static partial Regex Welcome();
}
