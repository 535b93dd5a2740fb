using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using MovieSir.Tests.Api.Infrastructure;
using Traveller = MovieSir.Tests.Api.Traveller.Browser;

namespace MovieSir.Tests.AppHost;

/// <summary>Signs up and asks for movies, whatever fails meanwhile: asks again, types the newest code, has another one sent.</summary>
internal sealed partial class PersonWhoSignsUp(RunningSystem system, Uri replica, string email, string nickname)
{
    private const string Password = "a long passw0rd";
    private static readonly TimeSpan MailPatience = TimeSpan.FromSeconds(30);

    private readonly HashSet<string> _wrong = [];

    public string Email => email;

    /// <summary>How often the API said that a mail is on its way.</summary>
    public int MailsPromised { get; private set; }

    /// <summary>Answers that an outage does not explain.</summary>
    public ConcurrentBag<string> Unexpected { get; } = [];

    public async Task SignUpAsync(CancellationToken cancellationToken)
    {
        using var client = new HttpClient { BaseAddress = replica, Timeout = TimeSpan.FromSeconds(30) };
        using var browser = new Traveller(client);
        while (!await RequestAsync(browser) || !await ConfirmAsync(browser, cancellationToken))
        {
            await Task.Delay(200, cancellationToken);
        }

        while (await SendAsync(browser, "/recommendation/recommend", new { available_time = 180 }) is not HttpStatusCode.OK)
        {
            await Task.Delay(200, cancellationToken);
        }
    }

    /// <summary>Message-Ids of all mails that came, the newest first.</summary>
    public async Task<List<string>> MailsAsync() => [.. (await InboxAsync()).Select(mail => mail.GetProperty("message_id").GetString()!)];

    /// <returns>Whether a mail is on its way.</returns>
    private async Task<bool> RequestAsync(Traveller browser)
    {
        switch (await SendAsync(browser, "/registration/request", new { email, password = Password, nickname }))
        {
            case HttpStatusCode.Accepted:
                MailsPromised++;
                return true;
            case HttpStatusCode.Conflict: // the nickname is one's own: the account was made, and the answer was lost
                return true;
            default:
                return false;
        }
    }

    /// <returns>Whether there is an account, and this browser is signed in.</returns>
    private async Task<bool> ConfirmAsync(Traveller browser, CancellationToken cancellationToken)
    {
        for (var until = DateTime.UtcNow + MailPatience; DateTime.UtcNow < until; await Task.Delay(500, cancellationToken))
        {
            var codes = (await InboxAsync()).Select(mail => Code().Match(mail.GetProperty("text").GetString()!).Value);
            if (codes.FirstOrDefault(code => code.Length > 0 && !_wrong.Contains(code)) is not { } code)
            {
                continue;
            }

            switch (await SendAsync(browser, "/registration/confirm", new { code }))
            {
                case HttpStatusCode.OK:
                    return true;
                case HttpStatusCode.Gone: // it may have made the account, and its answer was lost
                    return await SendAsync(browser, "/auth/login", new { email, password = Password }) is HttpStatusCode.OK;
                case HttpStatusCode.BadRequest:
                    _wrong.Add(code); // of a mail before
                    break;
            }
        }

        return false;
    }

    /// <returns>Null where an outage answered.</returns>
    private async Task<HttpStatusCode?> SendAsync(Traveller browser, string path, object body)
    {
        try
        {
            using var response = await browser.PostAsync(path, body);
            if (response.StatusCode is HttpStatusCode.InternalServerError)
            {
                Unexpected.Add($"{path}: {await response.Content.ReadAsStringAsync()}");
            }

            return response.StatusCode is >= HttpStatusCode.InternalServerError ? null : response.StatusCode;
        }
        catch (HttpRequestException)
        {
            return null; // the API itself was killed
        }
    }

    private async Task<List<JsonElement>> InboxAsync()
    {
        try
        {
            using var response = await system.Http.GetAsync(new Uri(system.AddressOf("mail"), $"/api/mails?to={Uri.EscapeDataString(email)}"));
            return [.. (await response.JsonAsync()).EnumerateArray()];
        }
        catch (HttpRequestException)
        {
            return []; // the mail sink itself was killed
        }
    }

    [GeneratedRegex(@"\b\d{6}\b")]
    private static partial Regex Code();
}
