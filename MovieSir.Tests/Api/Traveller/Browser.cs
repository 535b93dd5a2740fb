using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Net.Http.Headers;
using MovieSir.Tests.Api.Infrastructure;

namespace MovieSir.Tests.Api.Traveller;

/// <summary>What a browser is to the travellers' surface: it keeps cookies and says where a request comes from. Each is another person's.</summary>
internal sealed class Browser(HttpClient client) : IDisposable
{
    /// <summary>By full name; those that were deleted are gone.</summary>
    public Dictionary<string, string> Cookies { get; } = [];

    /// <summary>Every Set-Cookie header that came.</summary>
    public List<SetCookieHeaderValue> Set { get; } = [];

    /// <summary>What the browser says of where its requests come from.</summary>
    public string? FetchSite { get; set; } = "same-origin";

    public string Agent { get; init; } = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";

    public Browser Copy()
    {
        var copy = new Browser(client);
        foreach (var (name, value) in Cookies)
        {
            copy.Cookies[name] = value;
        }

        return copy;
    }

    /// <summary>The same person at another replica.</summary>
    public Browser At(ApiHost host)
    {
        var other = new Browser(host.Client);
        foreach (var (name, value) in Cookies)
        {
            other.Cookies[name] = value;
        }

        return other;
    }

    public Task<HttpResponseMessage> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public Task<HttpResponseMessage> PostAsync(string path, object? body = null) => SendAsync(HttpMethod.Post, path, body);

    public Task<HttpResponseMessage> PutAsync(string path, object? body = null) => SendAsync(HttpMethod.Put, path, body);

    public Task<HttpResponseMessage> DeleteAsync(string path, object? body = null) => SendAsync(HttpMethod.Delete, path, body);

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, object? body = null, Action<HttpRequestHeaders>? headers = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        await (request.Content?.LoadIntoBufferAsync() ?? Task.CompletedTask); // browsers say how long a body is
        request.Headers.Add("User-Agent", Agent);
        if (FetchSite is not null)
        {
            request.Headers.Add("Sec-Fetch-Site", FetchSite);
        }

        if (Cookies.Count > 0)
        {
            request.Headers.Add("Cookie", string.Join("; ", Cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
        }

        headers?.Invoke(request.Headers);
        var response = await client.SendAsync(request);
        if (response.Headers.TryGetValues("Set-Cookie", out var set))
        {
            foreach (var cookie in SetCookieHeaderValue.ParseList([.. set]))
            {
                Set.Add(cookie);
                Keep(cookie);
            }
        }

        return response;
    }

    public async Task<JsonElement> JsonAsync(Task<HttpResponseMessage> sending)
    {
        using var response = await sending;
        Assert.True(response.IsSuccessStatusCode,
            $"{(int)response.StatusCode} with {string.Join(", ", Cookies.Keys)}: {await response.Content.ReadAsStringAsync()}");
        return await response.JsonAsync();
    }

    public async Task<JsonElement> MeAsync() => await JsonAsync(GetAsync("/users/me"));

    public void Dispose() => Cookies.Clear();

    private void Keep(SetCookieHeaderValue cookie)
    {
        var gone = cookie.Expires < DateTimeOffset.UtcNow || cookie.MaxAge <= TimeSpan.Zero;
        if (gone || cookie.Value.Length == 0)
        {
            Cookies.Remove(cookie.Name.ToString());
        }
        else
        {
            Cookies[cookie.Name.ToString()] = cookie.Value.ToString();
        }
    }
}
