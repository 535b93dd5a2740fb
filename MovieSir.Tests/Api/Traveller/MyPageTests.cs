using System.Net;
using MovieSir.Api.Traveller.People;
using MovieSir.Tests.Api.Infrastructure;
using MovieSir.Tests.Infrastructure;

namespace MovieSir.Tests.Api.Traveller;

/// <summary>What the owner of an account changes of it, takes away and leaves.</summary>
public sealed class MyPageTests(TestServers servers) : AccountTest(servers)
{
    private const string Other = "another passw0rd";

    [Fact]
    public async Task A_nickname_can_be_changed_and_is_one_persons()
    {
        var browser = Open(First);
        await SignUpAsync(browser, "ann@example.com", "앤");
        await SignUpAsync(Open(First), "ben@example.com", "벤");

        using (var taken = await browser.PutAsync("/mypage/nickname", new { nickname = "벤이다" }))
        {
            await taken.ProblemAsync(HttpStatusCode.Conflict, "NICKNAME_TAKEN");
        }

        using (var wrong = await browser.PutAsync("/mypage/nickname", new { nickname = "a" }))
        {
            await wrong.ProblemAsync(HttpStatusCode.UnprocessableEntity, "VALIDATION_FAILED");
        }

        await NoContentAsync(browser.PutAsync("/mypage/nickname", new { nickname = " 새 이름 " }));
        await NoContentAsync(browser.PutAsync("/mypage/nickname", new { nickname = "새 이름" })); // one's own is not taken
        Assert.Equal("새 이름", (await browser.MeAsync()).GetProperty("user").GetProperty("nickname").GetString());
    }

    [Fact]
    public async Task A_new_password_takes_the_old_one_and_ends_every_other_sign_in()
    {
        var browser = Open(First);
        await SignUpAsync(browser, "change@example.com");
        var phone = await SignInAsync("change@example.com");

        using (var wrong = await browser.PostAsync("/mypage/password", new { current_password = "wr0ng password", new_password = Other }))
        {
            await wrong.ProblemAsync(HttpStatusCode.Unauthorized, "WRONG_PASSWORD");
        }

        using (var weak = await browser.PostAsync("/mypage/password", new { current_password = Password, new_password = "password1" }))
        {
            await weak.ProblemAsync(HttpStatusCode.UnprocessableEntity, "VALIDATION_FAILED");
        }

        await NoContentAsync(browser.PostAsync("/mypage/password", new { current_password = Password, new_password = Other }));

        Assert.Equal("traveller", (await browser.MeAsync()).GetProperty("kind").GetString());
        await RefreshAsync(phone, HttpStatusCode.Unauthorized);
        await SignInAsync("change@example.com", Other);
        Assert.Contains("비밀번호가 바뀌었어요", (await Mail.ToAsync("change@example.com", 2)).Subject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Guesses_of_the_password_are_counted_on_my_page_as_at_the_sign_in()
    {
        var browser = Open(First);
        await SignUpAsync(browser, "guess@example.com");
        for (var i = 0; i < 5; i++)
        {
            using var wrong = await browser.At(i % 2 == 0 ? First : Replica).DeleteAsync("/mypage/account", new { password = $"wrong {i}" });
            await wrong.ProblemAsync(HttpStatusCode.Unauthorized, "WRONG_PASSWORD");
        }

        using var refused = await browser.At(Replica).DeleteAsync("/mypage/account", new { password = Password });
        await refused.ProblemAsync(HttpStatusCode.TooManyRequests, "TOO_MANY_ATTEMPTS");
    }

    [Fact]
    public async Task A_new_email_is_confirmed_there_and_told_to_the_old_one()
    {
        var browser = Open(First);
        await SignUpAsync(browser, "old@example.com");
        using (var asked = await browser.PostAsync("/mypage/email/request", new { new_email = "New@example.com", password = Password }))
        {
            Assert.Equal(HttpStatusCode.Accepted, asked.StatusCode);
        }

        Assert.Equal("old@example.com", (await browser.MeAsync()).GetProperty("user").GetProperty("email").GetString());
        var mail = await Mail.ToAsync("New@example.com");
        Assert.Contains("/email#token=", mail.TextBody, StringComparison.Ordinal);
        var token = await Mail.TokenAsync("New@example.com");

        await NoContentAsync(Open(Replica).PostAsync("/mypage/email/confirm", new { token }));

        Assert.Equal("New@example.com", (await browser.MeAsync()).GetProperty("user").GetProperty("email").GetString());
        Assert.Contains("이메일이 바뀌었어요", (await Mail.ToAsync("old@example.com", 2)).Subject, StringComparison.Ordinal);
        using (var again = await Open(First).PostAsync("/mypage/email/confirm", new { token }))
        {
            await again.ProblemAsync(HttpStatusCode.BadRequest, "LINK_INVALID");
        }

        await SignInAsync("new@example.com");
        using var old = await Open(First).PostAsync("/auth/login", new { email = "old@example.com", password = Password });
        await old.ProblemAsync(HttpStatusCode.Unauthorized, "INVALID_CREDENTIALS");
    }

    [Fact]
    public async Task Enumeration_a_new_email_that_has_an_account_is_answered_as_any_other()
    {
        var browser = Open(First);
        await SignUpAsync(browser, "one@example.com", "하나");
        await SignUpAsync(Open(First), "two@example.com", "둘둘");
        var mails = Mail.Mails.Count;

        using (var asked = await browser.PostAsync("/mypage/email/request", new { new_email = "two@example.com", password = Password }))
        {
            Assert.Equal(HttpStatusCode.Accepted, asked.StatusCode);
        }

        Assert.Equal(0, await ScalarAsync<long>("SELECT count(*) FROM accounts.links"));
        Assert.Equal(mails, Mail.Mails.Count);
    }

    [Fact]
    public async Task A_deleted_account_can_be_restored_for_a_while_and_is_then_erased_with_every_row()
    {
        var browser = Open(First);
        await SignUpAsync(browser, "leave@example.com", "떠나");
        await FillAsync(browser);
        var share = await browser.JsonAsync(browser.PostAsync($"/recommendation/sessions/{await SessionAsync(browser)}/share"));
        var copy = browser.Copy();

        var answer = await browser.JsonAsync(browser.DeleteAsync("/mypage/account", new { password = Password }));

        Assert.True(answer.GetProperty("restorable_until").GetDateTimeOffset() > DateTimeOffset.UtcNow.AddDays(13));
        Assert.Empty(browser.Cookies);
        await RefreshAsync(copy, HttpStatusCode.Unauthorized);
        Assert.Contains("계정이 삭제되었어요", (await Mail.ToAsync("leave@example.com", 2)).Subject, StringComparison.Ordinal);
        using (var shared = await Open(First).GetAsync($"/recommendation/shared/{share.GetProperty("share_id").GetString()}"))
        {
            Assert.Equal(HttpStatusCode.NotFound, shared.StatusCode);
        }

        using (var signIn = await Open(First).PostAsync("/auth/login", new { email = "leave@example.com", password = Password }))
        {
            await signIn.ProblemAsync(HttpStatusCode.Forbidden, "ACCOUNT_DELETED");
        }

        await EraseAsync();
        await browser.JsonAsync(browser.PostAsync("/auth/restore", new { email = "leave@example.com", password = Password }));
        Assert.Equal(1, (await browser.MeAsync()).GetProperty("counts").GetProperty("watched").GetInt32());

        await browser.JsonAsync(browser.DeleteAsync("/mypage/account", new { password = Password }));
        await ExecuteAsync("UPDATE accounts.accounts SET deleted_at = deleted_at - interval '14 days'");
        await EraseAsync();

        foreach (var table in Owned)
        {
            Assert.Equal((table, 0), (table, await ScalarAsync<long>($"SELECT count(*) FROM {table}")));
        }

        var again = Open(First);
        await RequestAsync(again, "leave@example.com", "떠나이다"); // the e-mail and the nickname are free
        await again.JsonAsync(again.PostAsync("/registration/confirm", new { code = await Mail.CodeAsync("leave@example.com", 4) }));
    }

    [Fact]
    public async Task What_has_ended_is_erased_and_what_lives_is_not()
    {
        var browser = Open(First);
        await SignUpAsync(browser, "stay@example.com", "남아");
        await RefreshAsync(browser, HttpStatusCode.NoContent);
        var gone = await SignInAsync("stay@example.com");
        await ExecuteAsync("UPDATE accounts.sign_ins SET expires_at = now() - interval '1 minute' WHERE sign_in_id = $1",
            (await gone.JsonAsync(gone.GetAsync("/auth/sessions"))).GetProperty("sessions").EnumerateArray()
                .Single(device => device.GetProperty("current").GetBoolean()).GetProperty("session_id").GetGuid());
        await RequestAsync(Open(First), "late@example.com", "늦은이");
        await ExecuteAsync("UPDATE accounts.sign_ups SET expires_at = now() - interval '1 minute'");
        using (await Open(First).PutAsync($"/movies/{Movie}/watched", new { }))
        {
            await ExecuteAsync("UPDATE b2c.travellers SET last_seen_at = now() - interval '31 days'");
        }

        await EraseAsync();

        Assert.Equal(1, await ScalarAsync<long>("SELECT count(*) FROM accounts.sign_ins"));
        Assert.Equal(2, await ScalarAsync<long>("SELECT count(*) FROM accounts.refresh_tokens")); // the used one tells a thief
        Assert.Equal(0, await ScalarAsync<long>("SELECT count(*) FROM accounts.sign_ups"));
        Assert.Equal(1, await ScalarAsync<long>("SELECT count(*) FROM b2c.travellers")); // the guest is gone, the account is not
        await ExecuteAsync("UPDATE accounts.refresh_tokens SET used_at = now() - interval '31 days' WHERE used_at IS NOT NULL");
        await EraseAsync();
        Assert.Equal(1, await ScalarAsync<long>("SELECT count(*) FROM accounts.refresh_tokens"));
    }

    [Fact]
    public async Task The_export_holds_everything_and_only_ones_own()
    {
        var browser = Open(First);
        await SignUpAsync(browser, "export@example.com", "내보내");
        await FillAsync(browser);
        var stranger = Open(First);
        await SignUpAsync(stranger, "stranger@example.com", "낯선");
        await NoContentAsync(stranger.PutAsync("/movies/110/watched", new { }));

        using var response = await browser.GetAsync("/mypage/export");

        Assert.Equal("attachment", response.Content.Headers.ContentDisposition!.DispositionType);
        var export = await response.JsonAsync();
        var lists = export.GetProperty("lists");
        Assert.Equal("export@example.com", export.GetProperty("email").GetString());
        Assert.Equal([8], export.GetProperty("provider_ids").EnumerateArray().Select(id => id.GetInt32()));
        Assert.Equal([101], Ids(lists.GetProperty("watched")));
        Assert.Equal(4.5, lists.GetProperty("watched")[0].GetProperty("rating").GetDouble());
        Assert.Equal([105], Ids(lists.GetProperty("picks")));
        Assert.Equal([106], Ids(lists.GetProperty("not_for_me")));
        Assert.Equal(200, lists.GetProperty("sessions")[0].GetProperty("wish").GetProperty("available_time").GetInt32());
        Assert.Equal([102], Ids(lists.GetProperty("satisfaction")));
        Assert.Equal([101], Ids(lists.GetProperty("clicks")));
        Assert.Equal("Chrome, Linux", export.GetProperty("devices")[0].GetProperty("device").GetString());
    }

    // Whatever a traveller may leave behind.
    private static readonly string[] Owned =
    [
        "accounts.accounts", "accounts.sign_ins", "accounts.refresh_tokens", "accounts.links", "b2c.travellers", "b2c.traveller_providers",
        "b2c.survey_answers", "b2c.watched_movies", "b2c.rejected_movies", "b2c.recommendation_sessions", "b2c.satisfactions", "b2c.provider_clicks",
    ];

    private async Task FillAsync(Browser browser)
    {
        await NoContentAsync(browser.PutAsync("/mypage/ott", new { ott_ids = new[] { 8 } }));
        await NoContentAsync(browser.PutAsync($"/movies/{Movie}/watched", new { rating = 4.5 }));
        await NoContentAsync(browser.PutAsync("/movies/106/not-for-me"));
        await NoContentAsync(browser.PostAsync("/onboarding/survey", new { movie_ids = new[] { 105 } }));
        var session = (await RecommendAsync(browser)).GetProperty("session_id").GetGuid();
        await browser.JsonAsync(browser.PostAsync($"/movies/{Movie}/play", new { provider_id = 8, session_id = session }));
        await ExecuteAsync("INSERT INTO b2c.satisfactions (session_id, movie_id, is_positive, judged_at) VALUES ($1, 102, true, now())", session);
    }

    private static async Task<Guid> SessionAsync(Browser browser) =>
        (await browser.JsonAsync(browser.GetAsync("/recommendation/sessions"))).GetProperty("sessions")[0].GetProperty("session_id").GetGuid();

    private async Task EraseAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var erasure = Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.GetRequiredService<Erasure>(Replica.Services);
        while (!await erasure.RunAsync(limit.Token)) // a replica that has just started is at it
        {
            await Task.Delay(20, limit.Token);
        }
    }

    private static async Task NoContentAsync(Task<HttpResponseMessage> sending)
    {
        using var response = await sending;
        Assert.True(response.StatusCode == HttpStatusCode.NoContent, await response.Content.ReadAsStringAsync(Token));
    }
}
