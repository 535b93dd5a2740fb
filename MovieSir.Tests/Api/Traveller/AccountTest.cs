using System.Net;
using System.Text.Json;
using MovieSir.Tests.Api.Infrastructure;
using MovieSir.Tests.Infrastructure;

namespace MovieSir.Tests.Api.Traveller;

/// <summary>A test with two replicas, a mail server, and people who sign up.</summary>
public abstract class AccountTest(TestServers servers) : TravellerTest(servers)
{
    private protected const string Password = "a long passw0rd";
    private protected MailServer Mail { get; } = new MailServer().Start();

    private protected ApiHost First { get; private set; } = null!;

    private protected ApiHost Replica { get; private set; } = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        First = await StartAsync(Mail.Settings);
        Replica = await StartAsync(Mail.Settings);
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Mail.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected async Task<JsonElement> SignUpAsync(Browser browser, string email, string nickname = "누군가")
    {
        await RequestAsync(browser, email, nickname + "이다");
        return (await browser.JsonAsync(browser.PostAsync("/registration/confirm", new { code = await Mail.CodeAsync(email) }))).GetProperty("user");
    }

    private protected static async Task RequestAsync(Browser browser, string email, string nickname, string password = Password)
    {
        using var response = await browser.PostAsync("/registration/request", new { email, password, nickname });
        Assert.True(response.StatusCode == HttpStatusCode.Accepted, await response.Content.ReadAsStringAsync(Token));
    }

    private protected async Task<Browser> SignInAsync(string email, string password = Password)
    {
        var browser = Open(Replica);
        await browser.JsonAsync(browser.PostAsync("/auth/login", new { email, password }));
        return browser;
    }

    private protected static async Task RefreshAsync(Browser browser, HttpStatusCode expected)
    {
        using var response = await browser.PostAsync("/auth/refresh");
        Assert.Equal(expected, response.StatusCode);
    }
}
