using System.Net.Http.Headers;
using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace MovieSir.Api.Accounts.External;

/// <summary>
/// The framework's own handlers of OpenID Connect and OAuth. They keep state, nonce and the PKCE secret sealed by Data Protection in the browser, so
/// that any replica ends what another began.
/// </summary>
internal static class ExternalSchemes
{
    public const string Google = "google";
    public const string GitHub = "github";

    private const string EmailVerified = "email_verified";
    private const int MostBytes = 1 << 20;

    public static string CallbackPathOf(string provider) => $"/b2b/auth/{provider}/callback";

    /// <summary>Those that have their secrets.</summary>
    public static IReadOnlyList<string> Of(OAuthOptions options) =>
        [.. new[] { (Google, options.HasGoogle), (GitHub, options.HasGitHub) }.Where(known => known.Item2).Select(known => known.Item1)];

    public static void AddExternalSchemes(this IServiceCollection services, OAuthOptions options)
    {
        if (Of(options).Count == 0)
        {
            return; // the framework would look at every request
        }

        var authentication = services.AddAuthentication();
        if (options.HasGoogle)
        {
            authentication.AddOpenIdConnect(Google, scheme => UseGoogle(scheme, options));
        }

        if (options.HasGitHub)
        {
            authentication.AddOAuth(GitHub, scheme => UseGitHub(scheme, options));
        }
    }

    private static void UseGoogle(OpenIdConnectOptions scheme, OAuthOptions options)
    {
        UseCommon(scheme, Google, options);
        scheme.Authority = options.GoogleIssuer;
        scheme.RequireHttpsMetadata = !new Uri(options.GoogleIssuer).IsLoopback;
        scheme.ClientId = options.GoogleClientId;
        scheme.ClientSecret = options.GoogleClientSecret;
        scheme.ResponseType = OpenIdConnectResponseType.Code;
        scheme.ResponseMode = OpenIdConnectResponseMode.Query;
        scheme.UsePkce = true;
        scheme.MapInboundClaims = false;
        scheme.DisableTelemetry = true;
        scheme.SaveTokens = false;
        scheme.Scope.Clear();
        scheme.Scope.Add("openid");
        scheme.Scope.Add("email");
        Harden(scheme.NonceCookie, "nonce");
        scheme.Events = new OpenIdConnectEvents
        {
            OnTicketReceived = ReceiveAsync,
            OnRemoteFailure = FailAsync,
            OnAccessDenied = DenyAsync,
        };
    }

    private static void UseGitHub(Microsoft.AspNetCore.Authentication.OAuth.OAuthOptions scheme, OAuthOptions options)
    {
        UseCommon(scheme, GitHub, options);
        scheme.ClientId = options.GitHubClientId;
        scheme.ClientSecret = options.GitHubClientSecret;
        scheme.AuthorizationEndpoint = $"{options.GitHubAddress.TrimEnd('/')}/login/oauth/authorize";
        scheme.TokenEndpoint = $"{options.GitHubAddress.TrimEnd('/')}/login/oauth/access_token";
        scheme.UserInformationEndpoint = $"{options.GitHubApiAddress.TrimEnd('/')}/user";
        scheme.UsePkce = true;
        scheme.SaveTokens = false;
        scheme.Scope.Add("user:email");
        scheme.Events = new OAuthEvents
        {
            OnCreatingTicket = ReadGitHubAsync,
            OnTicketReceived = ReceiveAsync,
            OnRemoteFailure = FailAsync,
            OnAccessDenied = DenyAsync,
        };
    }

    private static void UseCommon(RemoteAuthenticationOptions scheme, string provider, OAuthOptions options)
    {
        scheme.CallbackPath = CallbackPathOf(provider);
        scheme.SignInScheme = "none"; // never asked: the receiver signs in, in this service's own way
        scheme.Backchannel = new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(2) })
        {
            Timeout = TimeSpan.FromSeconds(options.TimeoutSeconds),
            MaxResponseContentBufferSize = MostBytes,
        };
        scheme.Backchannel.DefaultRequestHeaders.UserAgent.ParseAdd("MovieSir"); // GitHub refuses calls without one
        Harden(scheme.CorrelationCookie, "correlation");
    }

    private static void Harden(CookieBuilder cookie, string name)
    {
        cookie.Name = $"__Secure-moviesir_oauth_{name}.";
        cookie.SameSite = SameSiteMode.Lax; // the way back is a navigation
        cookie.SecurePolicy = CookieSecurePolicy.Always;
    }

    /// <summary>GitHub has no OpenID: who it is, and which of their e-mails is the first, is asked with the token, which is then forgotten.</summary>
    private static async Task ReadGitHubAsync(OAuthCreatingTicketContext context)
    {
        var user = await GetAsync(context, context.Options.UserInformationEndpoint);
        var emails = await GetAsync(context, $"{context.Options.UserInformationEndpoint}/emails");
        context.Identity!.AddClaim(new Claim("sub", user.GetProperty("id").GetRawText()));
        foreach (var email in emails.EnumerateArray().Where(email => email.GetProperty("primary").GetBoolean()))
        {
            context.Identity.AddClaim(new Claim("email", email.GetProperty("email").GetString()!));
            context.Identity.AddClaim(new Claim(EmailVerified, email.GetProperty("verified").GetBoolean() ? "true" : "false"));
        }
    }

    private static async Task<JsonElement> GetAsync(OAuthCreatingTicketContext context, string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", context.AccessToken);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/vnd.github+json"));
        using var response = await context.Backchannel.SendAsync(request, context.HttpContext.RequestAborted);
        response.EnsureSuccessStatusCode();
        using var document = await JsonDocument.ParseAsync(
            await response.Content.ReadAsStreamAsync(context.HttpContext.RequestAborted), cancellationToken: context.HttpContext.RequestAborted);
        return document.RootElement.Clone();
    }

    private static async Task ReceiveAsync(TicketReceivedContext context)
    {
        string? Claim(string type) => context.Principal!.FindFirstValue(type);
        var person = new ExternalPerson(
            context.Scheme.Name, Claim("sub")!, Claim("email"),
            string.Equals(Claim(EmailVerified), "true", StringComparison.OrdinalIgnoreCase));
        context.Response.Redirect(await Receiver(context.HttpContext).ReceiveAsync(context.HttpContext, person, context.Properties!));
        context.HandleResponse();
    }

    private static Task DenyAsync(AccessDeniedContext context)
    {
        context.Response.Redirect(Receiver(context.HttpContext).AddressOf(ExternalFailure.Denied, context.Scheme.Name));
        context.HandleResponse();
        return Task.CompletedTask;
    }

    private static Task FailAsync(RemoteFailureContext context)
    {
        // What was not begun in this browser, or long ago, or was used before. All else is an answer of the service that was none.
        var isExpired = context.Failure is AuthenticationFailureException
            && (context.Properties is null || context.Failure.Message == "Correlation failed.");
        ExternalLog.Failed(Logger(context.HttpContext), context.Scheme.Name, context.Failure?.GetType().Name ?? "none");
        context.Response.Redirect(Receiver(context.HttpContext).AddressOf(
            isExpired ? ExternalFailure.Expired : ExternalFailure.Unavailable, context.Scheme.Name));
        context.HandleResponse();
        return Task.CompletedTask;
    }

    private static IExternalSignInReceiver Receiver(HttpContext http) => http.RequestServices.GetRequiredService<IExternalSignInReceiver>();

    private static ILogger Logger(HttpContext http) =>
        http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(ExternalSchemes).FullName!);
}

internal static partial class ExternalLog
{
    // Not the message: it may hold what the service or a stranger sent.
    [LoggerMessage(LogLevel.Warning, "A sign-in by {Provider} came to nothing: {Failure}.")]
    public static partial void Failed(ILogger logger, string provider, string failure);
}
