using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using MovieSir.Tests.Api.Infrastructure;
using MovieSir.Tests.Infrastructure;

namespace MovieSir.Tests.Api.Console;

/// <summary>Sign-in by Google and GitHub, with the whole flow against providers that check what the real ones check.</summary>
public sealed class ExternalSignInTests(TestServers servers) : ConsoleTest(servers)
{
    private const string App = "http://console.localhost:8080";

    private readonly List<HttpClient> _clients = [];
    private ProviderStandIn _provider = null!;
    private ApiHost _first = null!;
    private ApiHost _replica = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _provider = await ProviderStandIn.StartAsync();
        _first = await StartConsoleAsync(_provider.Settings);
        _replica = await StartConsoleAsync(_provider.Settings);
    }

    public override async ValueTask DisposeAsync()
    {
        _clients.ForEach(client => client.Dispose());
        await base.DisposeAsync();
        await _provider.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Theory]
    [InlineData("google")]
    [InlineData("github")]
    public async Task Somebody_new_names_a_company_and_is_known_by_the_subject_from_then_on(string provider)
    {
        var browser = New(_first);
        Assert.Equal(["google", "github"], (await browser.JsonAsync(browser.GetAsync("/b2b/auth/providers"))).GetProperty("providers")
            .EnumerateArray().Select(name => name.GetString()));

        Assert.Equal($"{App}/sign-up/company", await SignInAsync(browser, provider));
        var waiting = await browser.JsonAsync(browser.GetAsync("/b2b/auth/external-sign-up"));
        Assert.Equal((provider, "pilot@example.com"), (waiting.GetProperty("provider").GetString(), waiting.GetProperty("email").GetString()));
        var me = await browser.JsonAsync(browser.PostAsync("/b2b/auth/external-sign-up", new { company = "Skyline" }));
        Assert.Equal(("pilot@example.com", "owner"),
            (me.GetProperty("member").GetProperty("email").GetString(), me.GetProperty("member").GetProperty("role").GetString()));
        await KeyAsync(browser);
        using var again = await browser.PostAsync("/b2b/auth/external-sign-up", new { company = "Second" });
        await again.ProblemAsync(HttpStatusCode.Gone, "EXTERNAL_SIGN_UP_EXPIRED");

        // On another device, begun at one replica and ended at the other, under a new e-mail there.
        _provider.Email = "renamed@example.com";
        var later = New(_first);
        Assert.Equal($"{App}/", await SignInAsync(later, provider, comesBackTo: _replica));
        Assert.Equal("pilot@example.com", (await GetAsync(later, "/b2b/me")).GetProperty("member").GetProperty("email").GetString());
        Assert.Equal(2, (await GetAsync(later, "/b2b/auth/sessions")).GetProperty("sessions").GetArrayLength());
        using var byPassword = await New(_first).PostAsync("/b2b/auth/login", new { email = "pilot@example.com", password = "a long passw0rd" });
        await byPassword.ProblemAsync(HttpStatusCode.Unauthorized, "INVALID_CREDENTIALS");
    }

    [Fact]
    public async Task An_email_alone_opens_no_account_and_linking_needs_a_sign_in()
    {
        var owner = await OwnerAsync("Ours", "pilot@example.com");
        Assert.Equal(Failed("account-exists"), await SignInAsync(New(_first), "google"));
        Assert.Equal(0L, await ScalarAsync<long>("SELECT count(*) FROM accounts.external_identities"));

        var signedIn = New(_first, owner);
        Assert.Equal($"{App}/settings", await LinkAsync(signedIn, "google"));
        Assert.Equal($"{App}/", await SignInAsync(New(_first), "google"));
        var identities = await GetAsync(signedIn, "/b2b/me/identities");
        Assert.True(identities.GetProperty("has_password").GetBoolean());
        Assert.Equal("google", identities.GetProperty("identities")[0].GetProperty("provider").GetString());

        // Nobody else is linked to the same person, nor signed in meanwhile by a link that was begun before.
        var stranger = New(_first, await OwnerAsync("Theirs"));
        Assert.Equal(Failed("linked-elsewhere"), await LinkAsync(stranger, "google"));
        _provider.Subject = "2002";
        Assert.Equal(Failed("linked-elsewhere"), await LinkAsync(signedIn, "google")); // one person of a service for each account
        var begun = await BeginAsync(stranger, "/b2b/me/identities/github");
        using (await stranger.DeleteAsync("/b2b/auth/sessions"))
        using (await stranger.PostAsync("/b2b/auth/logout"))
        {
        }

        Assert.Equal(Failed("signed-out", "github"), await ReturnAsync(stranger, begun));
        var audit = await GetAsync(signedIn, "/b2b/audit");
        Assert.Contains("identity.linked", audit.GetRawText(), StringComparison.Ordinal);

        using var unlinked = await signedIn.DeleteAsync("/b2b/me/identities/google");
        Assert.Equal(HttpStatusCode.NoContent, unlinked.StatusCode);
        using var twice = await signedIn.DeleteAsync("/b2b/me/identities/google");
        await twice.ProblemAsync(HttpStatusCode.NotFound, "PROVIDER_NOT_FOUND");
    }

    [Fact]
    public async Task The_last_way_in_stays_until_there_is_a_password()
    {
        var browser = New(_first);
        await SignInAsync(browser, "google");
        await browser.JsonAsync(browser.PostAsync("/b2b/auth/external-sign-up", new { company = "Skyline" }));
        using (var refused = await browser.DeleteAsync("/b2b/me/identities/google"))
        {
            await refused.ProblemAsync(HttpStatusCode.Conflict, "LAST_SIGN_IN_WAY");
        }

        using (await browser.PostAsync("/b2b/auth/password-reset/request", new { email = "pilot@example.com" }))
        using (await browser.PostAsync(
            "/b2b/auth/password-reset/confirm", new { token = await Mail.TokenAsync("pilot@example.com"), password = Password }))
        {
        }

        var signedIn = New(_first, await SignInAsync("pilot@example.com"));
        using var unlinked = await signedIn.DeleteAsync("/b2b/me/identities/google");
        Assert.Equal(HttpStatusCode.NoContent, unlinked.StatusCode);
    }

    [Fact]
    public async Task Login_CSRF_and_replay_a_way_back_works_once_and_in_the_browser_that_began()
    {
        var attacker = New(_first);
        var way = await AtProviderAsync(await BeginAsync(attacker, "/b2b/auth/providers/google/start"));

        var victim = New(_first);
        Assert.Equal(Failed("expired"), await GetBackAsync(victim, way));
        Assert.DoesNotContain(victim.Cookies.Keys, name => name.Contains("access", StringComparison.Ordinal));
        Assert.Equal($"{App}/sign-up/company", await GetBackAsync(attacker, way));
        Assert.Equal(Failed("expired"), await GetBackAsync(attacker, way));
        Assert.Equal(Failed("expired"), await GetBackAsync(attacker, "/b2b/auth/google/callback"));
        Assert.Equal(Failed("expired", "github"), await GetBackAsync(attacker, "/b2b/auth/github/callback?code=x&state=x"));
    }

    [Fact]
    public async Task What_a_provider_answers_wrongly_late_or_not_at_all_comes_back_to_a_page_in_bounded_time()
    {
        _provider.IsVerified = false;
        Assert.Equal(Failed("email-unverified"), await SignInAsync(New(_first), "google"));
        Assert.Equal(Failed("email-unverified", "github"), await SignInAsync(New(_first), "github"));
        _provider.IsVerified = true;
        _provider.Denies = true;
        Assert.Equal(Failed("denied"), await SignInAsync(New(_first), "google"));
        Assert.Equal(Failed("denied", "github"), await SignInAsync(New(_first), "github"));
        _provider.Denies = false;
        _provider.MixesNonces = true;
        Assert.Equal(Failed("unavailable"), await SignInAsync(New(_first), "google"));
        _provider.MixesNonces = false;
        foreach (var fault in new Func<HttpContext, Task>[]
        {
            http => Task.Run(() => http.Response.StatusCode = 500),
            http => http.Response.WriteAsync("<html>"),
            http => Task.Run(http.Abort),
            http => Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default),
        })
        {
            _provider.TokenFault = fault;
            Assert.Equal(Failed("unavailable"), await SignInAsync(New(_first), "google"));
            Assert.Equal(Failed("unavailable", "github"), await SignInAsync(New(_first), "github"));
        }

        Assert.DoesNotContain(_first.Log.Entries, entry => entry.Text.Contains(ProviderStandIn.ClientSecret, StringComparison.Ordinal)
            || entry.Text.Contains("token-1001", StringComparison.Ordinal));
        await _provider.StopAsync();
        var fresh = await StartConsoleAsync(_provider.Settings);
        using var away = await New(fresh).PostAsync("/b2b/auth/providers/google/start", new { remember_me = true, language = "en" });
        await away.ProblemAsync(HttpStatusCode.ServiceUnavailable, "PROVIDER_UNAVAILABLE");
    }

    [Fact]
    public async Task Who_is_switched_off_stays_out_and_no_host_of_a_caller_is_led_back_to()
    {
        var browser = New(_first);
        var begun = await BeginAsync(browser, "/b2b/auth/providers/google/start", host: "evil.example");
        Assert.Contains(Uri.EscapeDataString($"{App}/b2b/auth/google/callback"), begun.Query, StringComparison.Ordinal);
        await ReturnAsync(browser, begun);
        await browser.JsonAsync(browser.PostAsync("/b2b/auth/external-sign-up", new { company = "Skyline" }));

        await ExecuteAsync("UPDATE b2b.companies SET deactivated_at = now()");
        Assert.Equal(Failed("company-deactivated"), await SignInAsync(New(_first), "google"));
        await ExecuteAsync("UPDATE b2b.companies SET deactivated_at = NULL; UPDATE accounts.accounts SET suspended_at = now()");
        Assert.Equal(Failed("suspended"), await SignInAsync(New(_first), "google"));
    }

    [Fact]
    public async Task Without_secrets_nothing_is_offered_and_half_of_them_is_an_error_that_names_them()
    {
        var browser = Open();
        Assert.Empty((await browser.JsonAsync(browser.GetAsync("/b2b/auth/providers"))).GetProperty("providers").EnumerateArray());
        using var start = await browser.PostAsync("/b2b/auth/providers/google/start", new { remember_me = true, language = "ko" });
        await start.ProblemAsync(HttpStatusCode.NotFound, "PROVIDER_NOT_FOUND");
        using var callback = await browser.GetAsync("/b2b/auth/google/callback?code=x&state=x");
        Assert.Equal(HttpStatusCode.NotFound, callback.StatusCode);

        var failure = await Assert.ThrowsAsync<OptionsValidationException>(() => StartConsoleAsync("--OAuth:GitHubClientId=x"));
        Assert.Contains("OAuth:GitHubClientSecret", failure.Message, StringComparison.Ordinal);
    }

    private static string Failed(string reason, string provider = "google") => $"{App}/oauth?failed={reason}&provider={provider}";

    /// <summary>A browser that shows where it is sent, with somebody's cookies.</summary>
    private MemberBrowser New(ApiHost api, MemberBrowser? of = null)
    {
        var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = api.Client.BaseAddress };
        _clients.Add(client);
        var browser = new MemberBrowser(client);
        foreach (var (name, value) in of?.Cookies ?? [])
        {
            browser.Cookies[name] = value;
        }

        return browser;
    }

    private async Task<string> SignInAsync(MemberBrowser browser, string provider, ApiHost? comesBackTo = null)
    {
        var begun = await BeginAsync(browser, $"/b2b/auth/providers/{provider}/start");
        if (comesBackTo is null)
        {
            return await ReturnAsync(browser, begun);
        }

        var there = New(comesBackTo, browser);
        var end = await ReturnAsync(there, begun);
        foreach (var (name, value) in there.Cookies)
        {
            browser.Cookies[name] = value;
        }

        return end;
    }

    private async Task<string> LinkAsync(MemberBrowser browser, string provider) =>
        await ReturnAsync(browser, await BeginAsync(browser, $"/b2b/me/identities/{provider}"));

    private static async Task<Uri> BeginAsync(MemberBrowser browser, string path, string? host = null) =>
        new((await browser.JsonAsync(browser.SendAsync(
            HttpMethod.Post, path, new { remember_me = true, language = "en" }, headers => headers.Host = host)))
            .GetProperty("address").GetString()!);

    private async Task<string> ReturnAsync(MemberBrowser browser, Uri begun) => await GetBackAsync(browser, await AtProviderAsync(begun));

    /// <summary>What the browser is sent back to.</summary>
    private async Task<string> AtProviderAsync(Uri begun)
    {
        var client = _clients[0];
        using var response = await client.GetAsync(begun, Token);
        Assert.Equal(HttpStatusCode.Found, response.StatusCode);
        var back = response.Headers.Location!;
        Assert.StartsWith(App, back.AbsoluteUri, StringComparison.Ordinal);
        return back.PathAndQuery;
    }

    private static async Task<string> GetBackAsync(MemberBrowser browser, string path)
    {
        browser.FetchSite = "cross-site"; // as a navigation from the provider's page
        using var response = await browser.GetAsync(path);
        browser.FetchSite = "same-origin";
        Assert.Equal(HttpStatusCode.Found, response.StatusCode);
        return response.Headers.Location!.ToString();
    }
}
