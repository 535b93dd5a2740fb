using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace MovieSir.Api.Accounts.External;

/// <summary>Begins a sign-in at another service.</summary>
internal sealed class ExternalStarts(IOptions<OAuthOptions> options, ILogger<ExternalStarts> log)
{
    /// <summary>Services that have their secrets.</summary>
    public IReadOnlyList<string> Providers { get; } = ExternalSchemes.Of(options.Value);

    /// <summary>Makes the address at the service. The answer sets the cookies that bind the way back to this browser.</summary>
    /// <param name="http">The call.</param>
    /// <param name="provider">One of <see cref="Providers"/>.</param>
    /// <param name="app">Where people open the pages: the way back leads there, whatever host the call named.</param>
    /// <param name="items">What is to be known then.</param>
    /// <returns>Null where the service cannot be reached.</returns>
    public async Task<string?> StartAsync(HttpContext http, string provider, Uri app, IDictionary<string, string?> items)
    {
        ReturnTo(http.Request, app);
        try
        {
            await http.ChallengeAsync(provider, new AuthenticationProperties(items) { RedirectUri = app.AbsoluteUri });
        }
        catch (Exception exception) when (exception is InvalidOperationException or HttpRequestException or IOException or TaskCanceledException
            && !http.RequestAborted.IsCancellationRequested)
        {
            ExternalLog.Failed(log, provider, exception.GetType().Name); // its discovery document cannot be read
            return null;
        }

        var address = http.Response.Headers.Location.ToString();
        http.Response.Headers.Location = default;
        http.Response.StatusCode = StatusCodes.Status200OK;
        return address;
    }

    /// <summary>The addresses that handlers make from a request begin with the pages' own.</summary>
    public static void ReturnTo(HttpRequest request, Uri app) => (request.Scheme, request.Host) = (app.Scheme, new HostString(app.Authority));
}
