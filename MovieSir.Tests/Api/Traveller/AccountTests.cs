using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using MovieSir.Tests.Api.Infrastructure;
using MovieSir.Tests.Infrastructure;

namespace MovieSir.Tests.Api.Traveller;

/// <summary>Accounts from sign-up to the end of a sign-in, and what attackers try.</summary>
public sealed class AccountTests(TestServers servers) : AccountTest(servers)
{
    [Fact]
    public async Task A_code_from_the_mail_makes_an_account_which_takes_over_what_the_guest_did()
    {
        var browser = Open(First);
        using (await browser.PutAsync($"/movies/{Movie}/watched", new { rating = 4 }))
        {
            await RecommendAsync(browser);
        }

        var user = await SignUpAsync(browser, "ann@example.com", "앤");

        Assert.Equal(("ann@example.com", "앤이다"), (user.GetProperty("email").GetString(), user.GetProperty("nickname").GetString()));
        var me = await browser.At(Replica).MeAsync();
        Assert.Equal("traveller", me.GetProperty("kind").GetString());
        Assert.Equal("""{"watched":1,"not_for_me":0,"sessions":1}""", me.GetProperty("counts").GetRawText());
        Assert.Equal(1, await ScalarAsync<long>("SELECT count(*) FROM b2c.travellers")); // the guest is gone
        Assert.Equal(["__Host-moviesir_access", "__Host-moviesir_refresh"], browser.Cookies.Keys.Order());
    }

    [Fact]
    public async Task Every_cookie_is_of_this_host_alone_and_out_of_reach_of_scripts()
    {
        var browser = Open(First);
        using (await browser.PutAsync($"/movies/{Movie}/watched", new { }))
        {
            await SignUpAsync(browser, "cookie@example.com");
        }

        Assert.Equal(4, browser.Set.Select(cookie => cookie.Name.ToString()).Distinct().Count());
        Assert.All(browser.Set, cookie =>
        {
            Assert.StartsWith("__Host-", cookie.Name.ToString(), StringComparison.Ordinal);
            Assert.True(cookie.Secure && cookie.HttpOnly && cookie.Path == "/" && !cookie.Domain.HasValue);
            Assert.Equal(Microsoft.Net.Http.Headers.SameSiteMode.Lax, cookie.SameSite);
        });
    }

    [Fact]
    public async Task Codes_are_in_no_subject_and_no_log_and_passwords_are_nowhere()
    {
        var browser = Open(First);
        await SignUpAsync(browser, "quiet@example.com");
        var mail = await Mail.ToAsync("quiet@example.com");
        var code = await Mail.CodeAsync("quiet@example.com");

        Assert.DoesNotContain(code, mail.Subject, StringComparison.Ordinal);
        Assert.Contains(code, mail.HtmlBody, StringComparison.Ordinal);
        Assert.NotEmpty(mail.MessageId!);
        foreach (var entry in First.Log.Entries.Where(entry => entry.Level > LogLevel.Debug))
        {
            Assert.DoesNotContain(code, entry.Text, StringComparison.Ordinal);
            Assert.DoesNotContain(Password, entry.Text, StringComparison.Ordinal);
        }

        Assert.StartsWith("$argon2id$v=19$m=19456,t=2,p=1$",
            await ScalarAsync<string>("SELECT password_hash FROM accounts.accounts"), StringComparison.Ordinal);
        Assert.Equal(0, await ScalarAsync<long>("SELECT count(*) FROM mail.outbox"));
    }

    [Fact]
    public async Task Pre_registered_sign_up_a_strangers_later_request_for_ones_email_changes_nothing_of_ones_own()
    {
        var victim = Open(First);
        await RequestAsync(victim, "victim@example.com", "피해자");
        var code = await Mail.CodeAsync("victim@example.com");
        var stranger = Open(Replica);
        await RequestAsync(stranger, "victim@example.com", "도둑이", "the strangers passw0rd");
        await Mail.ToAsync("victim@example.com", 2);

        using (var stolen = await stranger.PostAsync("/registration/confirm", new { code }))
        {
            await stolen.ProblemAsync(HttpStatusCode.BadRequest, "CODE_INVALID");
        }

        await victim.JsonAsync(victim.PostAsync("/registration/confirm", new { code }));
        using var signIn = await Open(First).PostAsync("/auth/login", new { email = "victim@example.com", password = "the strangers passw0rd" });
        await signIn.ProblemAsync(HttpStatusCode.Unauthorized, "INVALID_CREDENTIALS");
        Assert.Equal("피해자", await ScalarAsync<string>("SELECT nickname FROM b2c.travellers WHERE account_id IS NOT NULL"));
    }

    [Fact]
    public async Task Code_brute_force_five_tries_on_all_replicas_together_even_at_once()
    {
        var browser = Open(First);
        await RequestAsync(browser, "brute@example.com", "무차별");
        var code = await Mail.CodeAsync("brute@example.com");
        var wrong = Enumerable.Range(0, 20).Select(n => $"{n:D6}").Where(guess => guess != code).ToList();

        var answers = await Task.WhenAll(wrong.Select(async (guess, index) =>
        {
            using var response = await browser.At(index % 2 == 0 ? First : Replica).PostAsync("/registration/confirm", new { code = guess });
            return response.StatusCode;
        }));

        Assert.Equal(4, answers.Count(status => status == HttpStatusCode.BadRequest)); // the fifth answers that the sign-up has ended
        Assert.Equal(0, await ScalarAsync<int>("SELECT tries_left FROM accounts.sign_ups"));
        using var late = await browser.PostAsync("/registration/confirm", new { code });
        await late.ProblemAsync(HttpStatusCode.Gone, "CODE_EXPIRED");
        Assert.Equal(0, await ScalarAsync<long>("SELECT count(*) FROM accounts.accounts"));
    }

    [Fact]
    public async Task Login_brute_force_is_stopped_on_all_replicas_together_and_the_right_password_too()
    {
        await SignUpAsync(Open(First), "login@example.com");
        for (var i = 0; i < 5; i++)
        {
            using var wrong = await Open(i % 2 == 0 ? First : Replica).PostAsync("/auth/login",
                new { email = "LOGIN@example.com", password = $"wrong {i}" });
            await wrong.ProblemAsync(HttpStatusCode.Unauthorized, "INVALID_CREDENTIALS");
        }

        foreach (var api in new[] { First, Replica })
        {
            using var refused = await Open(api).PostAsync("/auth/login", new { email = "login@example.com", password = Password });
            await refused.ProblemAsync(HttpStatusCode.TooManyRequests, "TOO_MANY_ATTEMPTS");
            Assert.NotEmpty(refused.Header("Retry-After"));
        }
    }

    [Fact]
    public async Task Enumeration_no_answer_and_no_time_tells_whether_an_email_has_an_account()
    {
        await SignUpAsync(Open(First), "known@example.com");
        async Task<(string Answer, TimeSpan Time)> AskAsync(string path, object body)
        {
            var start = Stopwatch.GetTimestamp();
            using var response = await Open(First).PostAsync(path, body);
            var time = Stopwatch.GetElapsedTime(start);
            var text = await response.Content.ReadAsStringAsync(Token);
            var answer = JsonDocument.Parse(text.Length > 0 ? text : "{}").RootElement;
            string? Text(string name) => answer.TryGetProperty(name, out var value) ? value.GetString() : null;
            return ($"{(int)response.StatusCode} {Text("code")} {Text("detail")}", time);
        }

        foreach (var (path, body) in new (string, Func<string, object>)[]
        {
            ("/auth/login", email => new { email, password = "wrong passw0rd" }), ("/auth/password-reset/request", email => new { email }),
            ("/registration/request", email => new { email, password = Password, nickname = "이름셋" }),
        })
        {
            var known = await AskAsync(path, body("known@example.com"));
            var unknown = await AskAsync(path, body("unknown@example.com"));
            Assert.Equal(known.Answer, unknown.Answer);
            TestContext.Current.TestOutputHelper!.WriteLine(
                $"{path}: {known.Time.TotalMilliseconds:F0} ms known, {unknown.Time.TotalMilliseconds:F0} ms unknown");
        }

        Assert.Contains("이미 가입된", (await Mail.ToAsync("known@example.com", 3)).Subject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reused_refresh_token_ends_its_sign_in_and_no_other()
    {
        var browser = Open(First);
        await SignUpAsync(browser, "reuse@example.com");
        var thief = browser.Copy();
        var phone = await SignInAsync("reuse@example.com");
        await RefreshAsync(browser, HttpStatusCode.NoContent);
        await ExecuteAsync("UPDATE accounts.refresh_tokens SET used_at = used_at - interval '11 seconds' WHERE used_at IS NOT NULL");

        await RefreshAsync(thief.At(Replica), HttpStatusCode.Unauthorized);

        using (var after = await browser.GetAsync("/auth/sessions"))
        {
            await after.ProblemAsync(HttpStatusCode.Unauthorized, "SESSION_EXPIRED");
        }

        await RefreshAsync(browser, HttpStatusCode.Unauthorized);
        Assert.Equal("traveller", (await phone.MeAsync()).GetProperty("kind").GetString());
    }

    [Fact]
    public async Task Two_tabs_that_renew_at_once_get_the_same_successor()
    {
        var browser = Open(First);
        await SignUpAsync(browser, "tabs@example.com");
        var other = browser.At(Replica);

        await Task.WhenAll(RefreshAsync(browser, HttpStatusCode.NoContent), RefreshAsync(other, HttpStatusCode.NoContent));

        Assert.Equal(browser.Cookies["__Host-moviesir_refresh"], other.Cookies["__Host-moviesir_refresh"]);
        Assert.Equal(2, await ScalarAsync<long>("SELECT count(*) FROM accounts.refresh_tokens"));
    }

    [Fact]
    public async Task A_sign_in_that_ended_is_refused_at_once_and_another_travellers_cannot_be_ended()
    {
        var browser = Open(First);
        await SignUpAsync(browser, "devices@example.com");
        var phone = await SignInAsync("devices@example.com");
        var stranger = Open(First);
        await SignUpAsync(stranger, "stranger@example.com", "낯선이");
        var devices = (await browser.JsonAsync(browser.GetAsync("/auth/sessions"))).GetProperty("sessions").EnumerateArray().ToList();
        Assert.Equal(2, devices.Count);
        var other = devices.Single(device => !device.GetProperty("current").GetBoolean()).GetProperty("session_id").GetGuid();
        using (var refused = await stranger.DeleteAsync($"/auth/sessions/{other}"))
        {
            await refused.ProblemAsync(HttpStatusCode.NotFound, "SESSION_NOT_FOUND");
        }

        using (var ended = await browser.DeleteAsync($"/auth/sessions/{other}"))
        {
            Assert.Equal(HttpStatusCode.NoContent, ended.StatusCode);
        }

        using var phoned = await phone.GetAsync("/auth/sessions");
        await phoned.ProblemAsync(HttpStatusCode.Unauthorized, "SESSION_EXPIRED");
        await RefreshAsync(phone, HttpStatusCode.Unauthorized);
        var copy = browser.Copy();
        using (await browser.PostAsync("/auth/logout"))
        {
            Assert.Empty(browser.Cookies);
        }

        using var stale = await copy.GetAsync("/auth/sessions");
        await stale.ProblemAsync(HttpStatusCode.Unauthorized, "SESSION_EXPIRED");
    }

    [Fact]
    public async Task A_link_sets_a_new_password_once_and_ends_every_sign_in()
    {
        var browser = Open(First);
        await SignUpAsync(browser, "reset@example.com");
        using (await Open(First).PostAsync("/auth/password-reset/request", new { email = "Reset@Example.com" }))
        {
            var token = await Mail.TokenAsync("reset@example.com", 2);
            using (var set = await Open(Replica).PostAsync("/auth/password-reset/confirm", new { token, password = "another passw0rd" }))
            {
                Assert.Equal(HttpStatusCode.NoContent, set.StatusCode);
            }

            using var again = await Open(First).PostAsync("/auth/password-reset/confirm", new { token, password = "a third passw0rd" });
            await again.ProblemAsync(HttpStatusCode.BadRequest, "LINK_INVALID");
        }

        await RefreshAsync(browser, HttpStatusCode.Unauthorized);
        await SignInAsync("reset@example.com", "another passw0rd");
        await Mail.ToAsync("reset@example.com", 3); // says that it was changed
    }

    [Theory]
    [InlineData("a@example.com\r\nBcc: victim@example.com")]
    [InlineData("\"a\r\nb\"@example.com")]
    [InlineData("Name <a@example.com>")]
    [InlineData("a@example.com, b@example.com")]
    [InlineData("a@localhost")]
    [InlineData("no address")]
    public async Task Mail_header_injection_what_is_more_than_an_address_is_none(string email)
    {
        using var response = await Open(First).PostAsync("/registration/request", new { email, password = Password, nickname = "이름이" });

        await response.ProblemAsync(HttpStatusCode.UnprocessableEntity, "VALIDATION_FAILED");
        Assert.Empty(Mail.Mails);
    }

    [Fact]
    public async Task Emails_and_nicknames_that_look_the_same_are_the_same()
    {
        await SignUpAsync(Open(First), "Same@Example.com", "Café");
        using var nickname = await Open(First).PostAsync(
            "/registration/request", new { email = "other@example.com", password = Password, nickname = "CAFE\u0301이다" });
        await nickname.ProblemAsync(HttpStatusCode.Conflict, "NICKNAME_TAKEN");

        await SignInAsync("ｓａｍｅ@example.com");
    }

    [Fact]
    public async Task A_dead_mail_server_blocks_nobody_and_loses_nothing()
    {
        await using var dead = new MailServer(); // not started yet
        var api = await StartAsync(dead.Settings);
        var browser = Open(api);
        await RequestAsync(browser, "patient@example.com", "기다림");

        dead.Start();
        var code = await dead.CodeAsync("patient@example.com");

        await browser.JsonAsync(browser.PostAsync("/registration/confirm", new { code }));
    }

    [Fact]
    public async Task Open_redirects_a_shared_link_leads_into_the_app_alone()
    {
        using var page = await Open(First).GetAsync("/s/%2F%2Fevil.example%2F%22%3E%3Cscript%3E");

        var html = await page.Content.ReadAsStringAsync(Token);
        Assert.Contains("url=/plan/", html, StringComparison.Ordinal);
        Assert.DoesNotContain("url=//", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
    }
}
