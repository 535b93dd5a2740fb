using System.Net;
using System.Text.Json;
using MovieSir.Tests.Api.Infrastructure;
using MovieSir.Tests.Infrastructure;

namespace MovieSir.Tests.Api.Console;

/// <summary>Companies from sign-up to their end, and what attackers try.</summary>
public sealed class AccountTests(TestServers servers) : ConsoleTest(servers)
{
    [Fact]
    public async Task A_code_from_the_mail_makes_a_company_with_its_owner_and_the_FREE_plan()
    {
        var browser = Open();
        await RequestAsync(browser, "ann@example.com", "Korean Air");

        var me = await browser.JsonAsync(
            browser.PostAsync("/b2b/auth/register/confirm", new { code = await Mail.CodeAsync("ann@example.com") }));

        Assert.Equal(
            ("ann@example.com", "owner", "ko", false),
            (me.GetProperty("member").GetProperty("email").GetString(), me.GetProperty("member").GetProperty("role").GetString(),
                me.GetProperty("member").GetProperty("language").GetString(), me.GetProperty("member").GetProperty("is_administrator").GetBoolean()));
        var company = me.GetProperty("company");
        Assert.Equal(
            ("Korean Air", "free", 100, 5),
            (company.GetProperty("name").GetString(), company.GetProperty("plan").GetString(), company.GetProperty("calls_per_day").GetInt32(),
                company.GetProperty("calls_per_second").GetInt32()));
        Assert.Equal(["__Host-moviesir_console_access", "__Host-moviesir_console_refresh"], browser.Cookies.Keys.Order());
        Assert.Equal(me.GetRawText(), (await GetAsync(await SignInAsync("ANN@example.com"), "/b2b/me")).GetRawText());
        Assert.Equal("company.created Korean Air", await ScalarAsync<string>("SELECT action || ' ' || subject FROM b2b.audit_log"));
    }

    [Fact]
    public async Task Every_cookie_is_of_this_host_alone_and_out_of_reach_of_scripts()
    {
        var browser = await OwnerAsync();

        Assert.Equal(3, browser.Set.Select(cookie => cookie.Name.ToString()).Distinct().Count());
        Assert.All(browser.Set, cookie =>
        {
            Assert.StartsWith("__Host-moviesir_console_", cookie.Name.ToString(), StringComparison.Ordinal);
            Assert.True(cookie.Secure && cookie.HttpOnly && cookie.Path == "/" && !cookie.Domain.HasValue);
            Assert.Equal(Microsoft.Net.Http.Headers.SameSiteMode.Lax, cookie.SameSite);
        });
    }

    [Theory]
    [InlineData("cross-site")]
    [InlineData("same-site")]
    public async Task CSRF_a_page_of_another_site_changes_nothing(string site)
    {
        var browser = await OwnerAsync();
        browser.FetchSite = site;

        using var made = await browser.PostAsync("/b2b/api-keys", new { name = "theirs" });

        await made.ProblemAsync(HttpStatusCode.Forbidden, "CROSS_SITE_REQUEST");
        Assert.Equal(1, await ScalarAsync<long>("SELECT count(*) FROM b2b.api_keys")); // the travellers' own
    }

    [Fact]
    public async Task A_travellers_cookies_open_no_console_and_the_other_way_round()
    {
        var traveller = Open();
        using (await traveller.PostAsync(
            "/registration/request", new { email = "both@example.com", password = Password, nickname = "누군가" }))
        {
            await traveller.JsonAsync(traveller.PostAsync("/registration/confirm", new { code = await Mail.CodeAsync("both@example.com") }));
        }

        var forged = Open();
        foreach (var (name, value) in traveller.Cookies)
        {
            forged.Cookies[name.Replace("moviesir_", "moviesir_console_", StringComparison.Ordinal)] = value;
        }

        using (var me = await forged.GetAsync("/b2b/me"))
        {
            await me.ProblemAsync(HttpStatusCode.Unauthorized, "SESSION_EXPIRED");
        }

        using (var refreshed = await forged.PostAsync("/b2b/auth/refresh"))
        {
            await refreshed.ProblemAsync(HttpStatusCode.Unauthorized, "SESSION_ENDED");
        }

        // And the same e-mail is free for a company.
        await OwnerAsync("Both", "both2@example.com");
        using var signIn = await Open().PostAsync("/b2b/auth/login", new { email = "both@example.com", password = Password });
        await signIn.ProblemAsync(HttpStatusCode.Unauthorized, "INVALID_CREDENTIALS");
    }

    [Fact]
    public async Task Enumeration_no_answer_tells_whether_an_email_has_an_account()
    {
        await OwnerAsync("Known", "known@example.com");
        foreach (var (path, body) in new (string, Func<string, object>)[]
        {
            ("/b2b/auth/login", email => new { email, password = "wrong passw0rd" }),
            ("/b2b/auth/password-reset/request", email => new { email }),
            ("/b2b/auth/register/request", email => new { email, password = Password, company = "Another", language = "en" }),
        })
        {
            Assert.Equal(await AnswerAsync(path, body("known@example.com")), await AnswerAsync(path, body("nobody@example.com")));
        }

        async Task<string> AnswerAsync(string path, object body)
        {
            using var response = await Open().PostAsync(path, body);
            var text = await response.Content.ReadAsStringAsync(Token);
            var answer = JsonDocument.Parse(text.Length > 0 ? text : "{}").RootElement;
            return $"{(int)response.StatusCode} {(answer.TryGetProperty("detail", out var detail) ? detail.GetString() : "")}";
        }
    }

    [Fact]
    public async Task A_link_sets_a_new_password_once_and_ends_every_sign_in()
    {
        var browser = await OwnerAsync("Reset", "reset@example.com");
        using (await Open().PostAsync("/b2b/auth/password-reset/request", new { email = "reset@example.com" }))
        {
            var mail = await Mail.ToAsync("reset@example.com", 2);
            Assert.Contains("http://console.localhost:8080/reset#token=", mail.TextBody, StringComparison.Ordinal);
            var token = await Mail.TokenAsync("reset@example.com", 2);
            using var set = await Open().PostAsync("/b2b/auth/password-reset/confirm", new { token, password = "another passw0rd" });
            Assert.Equal(HttpStatusCode.NoContent, set.StatusCode);
            using var again = await Open().PostAsync("/b2b/auth/password-reset/confirm", new { token, password = "a third passw0rd" });
            await again.ProblemAsync(HttpStatusCode.BadRequest, "LINK_INVALID");
            using var ofTraveller = await Open().PostAsync("/auth/password-reset/confirm", new { token, password = "a third passw0rd" });
            await ofTraveller.ProblemAsync(HttpStatusCode.BadRequest, "LINK_INVALID");
        }

        using var me = await browser.GetAsync("/b2b/me");
        await me.ProblemAsync(HttpStatusCode.Unauthorized, "SESSION_EXPIRED");
        await SignInAsync("reset@example.com", "another passw0rd");
    }

    [Fact]
    public async Task A_new_password_needs_the_one_before_it_and_ends_the_other_devices()
    {
        var browser = await OwnerAsync("Pass", "pass@example.com");
        var phone = await SignInAsync("pass@example.com");
        Assert.Equal(2, (await GetAsync(browser, "/b2b/auth/sessions")).GetProperty("sessions").GetArrayLength());
        using (var wrong = await browser.PostAsync("/b2b/me/password", new { current_password = "not it 1", password = "another passw0rd" }))
        {
            var problem = await wrong.ProblemAsync(HttpStatusCode.UnprocessableEntity, "VALIDATION_FAILED");
            Assert.True(problem.GetProperty("errors").TryGetProperty("current_password", out _));
        }

        using (var set = await browser.PostAsync("/b2b/me/password", new { current_password = Password, password = "another passw0rd" }))
        {
            Assert.Equal(HttpStatusCode.NoContent, set.StatusCode);
        }

        Assert.Equal(1, (await GetAsync(browser, "/b2b/auth/sessions")).GetProperty("sessions").GetArrayLength());
        using var ended = await phone.GetAsync("/b2b/me");
        await ended.ProblemAsync(HttpStatusCode.Unauthorized, "SESSION_EXPIRED");
        await Mail.ToAsync("pass@example.com", 2); // says that it was changed
    }

    [Fact]
    public async Task Two_companies_never_have_one_name_and_nobody_takes_the_services()
    {
        await OwnerAsync("One Name");
        var second = await OwnerAsync("Two Names");
        foreach (var name in new[] { "One Name", "MovieSir", "moviesir" })
        {
            using var signUp = await Open().PostAsync(
                "/b2b/auth/register/request", new { email = "third@example.com", password = Password, company = name });
            await signUp.ProblemAsync(HttpStatusCode.Conflict, "COMPANY_NAME_TAKEN");
            using var rename = await second.SendAsync(HttpMethod.Patch, "/b2b/company", new { name });
            await rename.ProblemAsync(HttpStatusCode.Conflict, "COMPANY_NAME_TAKEN");
        }

        var me = await second.JsonAsync(second.SendAsync(HttpMethod.Patch, "/b2b/company", new { name = " Three Names " }));
        Assert.Equal("Three Names", me.GetProperty("company").GetProperty("name").GetString());
        me = await second.JsonAsync(second.SendAsync(HttpMethod.Patch, "/b2b/me", new { language = "en" }));
        Assert.Equal("en", me.GetProperty("member").GetProperty("language").GetString());
    }

    [Fact]
    public async Task A_deleted_company_stops_its_keys_ends_its_sign_ins_and_keeps_its_history()
    {
        var owner = await OwnerAsync("Gone Rail", "gone@example.com");
        var (keyId, secret) = await KeyAsync(owner);
        using (var called = await Api.RecommendAsync(secret))
        {
            Assert.Equal(HttpStatusCode.OK, called.StatusCode);
        }

        await LogRowsAsync(1);
        using (var wrong = await owner.DeleteAsync("/b2b/company", new { name = "Another" }))
        {
            await wrong.ProblemAsync(HttpStatusCode.UnprocessableEntity, "VALIDATION_FAILED");
        }

        using (var deleted = await owner.DeleteAsync("/b2b/company", new { name = "Gone Rail" }))
        {
            Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        }

        Assert.Empty(owner.Cookies);
        await WithinFiveSecondsAsync(async () =>
        {
            using var refused = await Api.RecommendAsync(secret);
            return refused.StatusCode == HttpStatusCode.Unauthorized;
        });
        using var signIn = await Open().PostAsync("/b2b/auth/login", new { email = "gone@example.com", password = Password });
        await signIn.ProblemAsync(HttpStatusCode.Unauthorized, "INVALID_CREDENTIALS");
        Assert.True(await ScalarAsync<long>("SELECT count(*) FROM b2b.request_log WHERE api_key_id = $1", keyId) > 0);
        Assert.Equal(1, await ScalarAsync<long>("SELECT count(*) FROM b2b.audit_log WHERE action = 'company.deleted'"));
        await OwnerAsync("Gone Rail", "gone@example.com", 2); // name and e-mail are free again
    }

    [Fact]
    public async Task A_deactivated_company_may_neither_sign_in_nor_call()
    {
        var owner = await OwnerAsync("Off", "off@example.com");
        var (_, secret) = await KeyAsync(owner);
        await ExecuteAsync("UPDATE b2b.companies SET deactivated_at = now() WHERE name = 'Off'");

        using (var me = await owner.GetAsync("/b2b/me"))
        {
            await me.ProblemAsync(HttpStatusCode.Forbidden, "COMPANY_DEACTIVATED");
        }

        using var signIn = await Open().PostAsync("/b2b/auth/login", new { email = "off@example.com", password = Password });
        await signIn.ProblemAsync(HttpStatusCode.Forbidden, "COMPANY_DEACTIVATED");
        await WithinFiveSecondsAsync(async () =>
        {
            using var refused = await Api.RecommendAsync(secret);
            return refused.StatusCode == HttpStatusCode.Unauthorized;
        });
    }
}
