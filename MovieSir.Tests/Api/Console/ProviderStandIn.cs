using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace MovieSir.Tests.Api.Console;

/// <summary>
/// An OpenID provider, and an imitation of GitHub, over real HTTP. They check what the real ones check: client, secret, address of return, PKCE, and
/// that a code is used once. Somebody is signed in there and says yes at once.
/// </summary>
internal sealed class ProviderStandIn : IAsyncDisposable
{
    public const string ClientId = "moviesir";
    public const string ClientSecret = "the secret of the client";

    private readonly WebApplication _app;
    private readonly RsaSecurityKey _key = new(RSA.Create(2048)) { KeyId = "key-1" };
    private readonly ConcurrentDictionary<string, Dictionary<string, string>> _codes = new();

    private ProviderStandIn()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Use(async (context, next) =>
        {
            if (context.Request.Path.Value!.Contains("token", StringComparison.Ordinal) && TokenFault is { } fault)
            {
                await fault(context);
                return;
            }

            await next(context);
        });
        _app.MapGet("/.well-known/openid-configuration", Discovery);
        _app.MapGet("/jwks", Keys);
        _app.MapGet("/authorize", Authorize);
        _app.MapGet("/login/oauth/authorize", Authorize);
        _app.MapPost("/token", (Delegate)TokenAsync);
        _app.MapPost("/login/oauth/access_token", (Delegate)TokenAsync);
        _app.MapGet("/user", (HttpContext http) => OfToken(http, () => new { id = long.Parse(Subject, null), email = (string?)null }));
        _app.MapGet("/user/emails", (HttpContext http) => OfToken(http, () => new[]
        {
            new { email = "other@example.com", primary = false, verified = true },
            new { email = Email, primary = true, verified = IsVerified },
        }));
    }

    public string Subject { get; set; } = "1001";

    public string Email { get; set; } = "pilot@example.com";

    public bool IsVerified { get; set; } = true;

    /// <summary>The person says no.</summary>
    public bool Denies { get; set; }

    /// <summary>The provider answers another call's nonce.</summary>
    public bool MixesNonces { get; set; }

    /// <summary>What the address of tokens does in place of answering.</summary>
    public Func<HttpContext, Task>? TokenFault { get; set; }

    public string Address { get; private set; } = "";

    public string[] Settings =>
    [
        $"--OAuth:GoogleClientId={ClientId}", $"--OAuth:GoogleClientSecret={ClientSecret}", $"--OAuth:GoogleIssuer={Address}",
        $"--OAuth:GitHubClientId={ClientId}", $"--OAuth:GitHubClientSecret={ClientSecret}", $"--OAuth:GitHubAddress={Address}",
        $"--OAuth:GitHubApiAddress={Address}", "--OAuth:TimeoutSeconds=2",
    ];

    public static async Task<ProviderStandIn> StartAsync()
    {
        var provider = new ProviderStandIn();
        await provider._app.StartAsync();
        provider.Address = provider._app.Urls.Single();
        return provider;
    }

    /// <summary>From here on its port refuses.</summary>
    public async Task StopAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        await _app.StopAsync(limit.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _app.DisposeAsync();
    }

    private object Discovery() => new
    {
        issuer = Address,
        authorization_endpoint = $"{Address}/authorize",
        token_endpoint = $"{Address}/token",
        jwks_uri = $"{Address}/jwks",
        response_types_supported = new[] { "code" },
        subject_types_supported = new[] { "public" },
        id_token_signing_alg_values_supported = new[] { "RS256" },
        code_challenge_methods_supported = new[] { "S256" },
    };

    private object Keys()
    {
        var key = _key.Rsa.ExportParameters(includePrivateParameters: false);
        return new
        {
            keys = new[]
            {
                new
                {
                    kty = "RSA", use = "sig", alg = "RS256", kid = _key.KeyId,
                    n = Base64UrlEncoder.Encode(key.Modulus), e = Base64UrlEncoder.Encode(key.Exponent),
                },
            },
        };
    }

    private IResult Authorize(HttpContext http)
    {
        var asked = http.Request.Query.ToDictionary(pair => pair.Key, pair => pair.Value.ToString());
        Assert.Equal((ClientId, "code", "S256"), (asked["client_id"], asked["response_type"], asked["code_challenge_method"]));
        if (Denies)
        {
            return Results.Redirect(QueryHelpers.AddQueryString(
                asked["redirect_uri"], new Dictionary<string, string?> { ["error"] = "access_denied", ["state"] = asked["state"] }));
        }

        var code = Guid.NewGuid().ToString("N");
        _codes[code] = asked;
        return Results.Redirect(QueryHelpers.AddQueryString(
            asked["redirect_uri"], new Dictionary<string, string?> { ["code"] = code, ["state"] = asked["state"] }));
    }

    private async Task<IResult> TokenAsync(HttpContext http)
    {
        var sent = await http.Request.ReadFormAsync();
        if (sent["client_id"] != ClientId || sent["client_secret"] != ClientSecret || !_codes.TryRemove(sent["code"].ToString(), out var asked)
            || sent["redirect_uri"] != asked["redirect_uri"]
            || Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(sent["code_verifier"].ToString()))) != asked["code_challenge"])
        {
            return Results.Json(new { error = "invalid_grant" }, statusCode: 400);
        }

        return Results.Json(new
        {
            access_token = $"token-{Subject}",
            token_type = "bearer",
            expires_in = 300,
            id_token = asked.TryGetValue("nonce", out var nonce) ? IdToken(MixesNonces ? "another" : nonce) : null,
        });
    }

    private string IdToken(string nonce) => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        Issuer = Address,
        Audience = ClientId,
        Expires = DateTime.UtcNow.AddMinutes(5),
        Claims = new Dictionary<string, object> { ["sub"] = Subject, ["email"] = Email, ["email_verified"] = IsVerified, ["nonce"] = nonce },
        SigningCredentials = new SigningCredentials(_key, SecurityAlgorithms.RsaSha256),
    });

    private IResult OfToken(HttpContext http, Func<object> answer) =>
        http.Request.Headers.Authorization == $"Bearer token-{Subject}" && http.Request.Headers.UserAgent.Count > 0
            ? Results.Json(answer())
            : Results.Unauthorized();
}
