global using MemberBrowser = MovieSir.Tests.Api.Traveller.Browser;
using System.Net;
using System.Text.Json;
using MovieSir.Tests.Api.Infrastructure;
using MovieSir.Tests.Api.Traveller;
using MovieSir.Tests.Infrastructure;

namespace MovieSir.Tests.Api.Console;

/// <summary>A test of the console: the API over real stores, a mail server, and members with browsers.</summary>
public abstract class ConsoleTest(TestServers servers) : ApiTest(servers)
{
    private protected const string Password = "a long passw0rd";

    private protected MailServer Mail { get; } = new MailServer().Start();

    private protected ApiHost Api { get; private set; } = null!;

    private protected static CancellationToken Token => TestContext.Current.CancellationToken;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Api = await StartConsoleAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Mail.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected Task<ApiHost> StartConsoleAsync(params string[] settings) =>
        StartApiAsync([.. Mail.Settings, "--Accounts:MailsPerAddress=1000", .. settings]);

    private protected MemberBrowser Open(ApiHost? api = null) => new((api ?? Api).Client);

    /// <summary>Signs a company up.</summary>
    private protected async Task<MemberBrowser> OwnerAsync(string company = "대한항공", string? email = null, int mail = 1)
    {
        var browser = Open();
        email ??= $"owner{Guid.NewGuid():N}@example.com";
        await RequestAsync(browser, email, company);
        await browser.JsonAsync(browser.PostAsync("/b2b/auth/register/confirm", new { code = await Mail.CodeAsync(email, mail) }));
        return browser;
    }

    private protected static async Task RequestAsync(MemberBrowser browser, string email, string company, string password = Password)
    {
        using var response = await browser.PostAsync("/b2b/auth/register/request", new { email, password, company, language = "ko" });
        Assert.True(response.StatusCode == HttpStatusCode.Accepted, await response.Content.ReadAsStringAsync(Token));
    }

    private protected async Task<MemberBrowser> SignInAsync(string email, string password = Password)
    {
        var browser = Open();
        await browser.JsonAsync(browser.PostAsync("/b2b/auth/login", new { email, password }));
        return browser;
    }

    private protected static async Task<JsonElement> GetAsync(MemberBrowser browser, string path) => await browser.JsonAsync(browser.GetAsync(path));

    /// <summary>Makes a key.</summary>
    private protected static async Task<(Guid KeyId, string Secret)> KeyAsync(MemberBrowser browser, object? body = null)
    {
        var made = await browser.JsonAsync(browser.PostAsync("/b2b/api-keys", body ?? new { name = "첫 키" }));
        return (made.GetProperty("key").GetProperty("key_id").GetGuid(), made.GetProperty("secret").GetString()!);
    }

    private protected static async Task<Guid> CompanyIdAsync(MemberBrowser browser) =>
        (await GetAsync(browser, "/b2b/me")).GetProperty("company").GetProperty("company_id").GetGuid();

    /// <summary>Waits until a condition holds, as long as a replica may believe what it knows of a key.</summary>
    private protected static async Task WithinFiveSecondsAsync(Func<Task<bool>> holds)
    {
        var deadline = DateTime.UtcNow.AddSeconds(5);
        while (!await holds())
        {
            Assert.True(DateTime.UtcNow < deadline, "It did not hold within five seconds.");
            await Task.Delay(100, Token);
        }
    }
}
