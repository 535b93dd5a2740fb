using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Logging;
using MovieSir.Tests.Infrastructure;

namespace MovieSir.Tests.Edge;

/// <summary>
/// The real nginx with the configuration that is deployed, on free ports, with a certificate of its own, before a stand-in for the API.
/// </summary>
public sealed class EdgeFixture : IAsyncLifetime
{
    public const string Domain = "moviesir.test";

    private readonly string _directory = Path.Combine(RepositoryPaths.Home, "tests", $"{Environment.ProcessId}-edge");
    private readonly EdgeProcess _nginx = new();
    private WebApplication _api = null!;
    private X509Certificate2 _certificate = null!;

    public int HttpPort { get; } = LoopbackPort.Free();

    public int HttpsPort { get; } = LoopbackPort.Free();

    /// <summary>What <c>nginx -t</c> said of the configuration.</summary>
    public string CheckLog { get; private set; } = "";

    public string AccessLog => Path.Combine(_directory, "run", "access.log");

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(_directory);
        CreateCertificate(Path.Combine(_directory, "certificate"));
        foreach (var site in new[] { "landing", "demo", "console", "api" })
        {
            var assets = Directory.CreateDirectory(Path.Combine(_directory, "www", site, "assets"));
            await File.WriteAllTextAsync(Path.Combine(assets.Parent!.FullName, "index.html"), $"<!doctype html><title>{site}</title>");
            await File.WriteAllTextAsync(Path.Combine(assets.FullName, "app-4f3a91bc.js"), $"console.log('{site}');{new string(' ', 2000)}");
        }

        var challenge = Directory.CreateDirectory(Path.Combine(_directory, "acme", ".well-known", "acme-challenge"));
        await File.WriteAllTextAsync(Path.Combine(challenge.FullName, "token"), "challenge");

        _api = await StartApiAsync();
        await _nginx.RenderAsync(_directory, Domain, new Uri(_api.Urls.First()).Authority, HttpPort, HttpsPort);
        CheckLog = _nginx.Log;
        await _nginx.StartAsync(_directory, HttpsPort);
    }

    public async ValueTask DisposeAsync()
    {
        await _nginx.DisposeAsync();
        _certificate.Dispose();
        await _api.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    /// <summary>A client that reaches every host name at the edge and trusts its certificate and no other.</summary>
    public HttpClient CreateClient() => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        ConnectCallback = async (context, cancellationToken) => await EdgeProcess.ConnectAsync(context.DnsEndPoint.Port, cancellationToken),
        SslOptions = { RemoteCertificateValidationCallback = IsOurs },
    });

    /// <summary>A TLS handshake alone.</summary>
    /// <exception cref="AuthenticationException">The edge refused it.</exception>
    /// <exception cref="IOException">The edge closed the connection.</exception>
    public async Task<SslStream> HandshakeAsync(string host, SslProtocols protocols)
    {
        var stream = new SslStream(await EdgeProcess.ConnectAsync(HttpsPort, CancellationToken.None));
        try
        {
            await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
            {
                TargetHost = host,
                EnabledSslProtocols = protocols,
                RemoteCertificateValidationCallback = IsOurs,
            });
            return stream;
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }

    private bool IsOurs(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors) =>
        certificate?.GetCertHashString() == _certificate.GetCertHashString();

    private void CreateCertificate(string directory)
    {
        Directory.CreateDirectory(directory);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={Domain}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(Domain);
        names.AddDnsName($"*.{Domain}");
        request.CertificateExtensions.Add(names.Build());
        _certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        File.WriteAllText(Path.Combine(directory, "fullchain.pem"), _certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(directory, "privkey.pem"), key.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>Says what reached it: method, path and headers, one a line.</summary>
    private static async Task<WebApplication> StartApiAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        var api = builder.Build();
        api.Urls.Add("http://127.0.0.1:0");
        api.Run(async context =>
        {
            await context.Response.WriteAsync($"{context.Request.Protocol} {context.Request.Method} {context.Request.GetEncodedPathAndQuery()}\n");
            foreach (var (name, value) in context.Request.Headers)
            {
                await context.Response.WriteAsync($"{name}: {value}\n");
            }
        });
        await api.StartAsync();
        return api;
    }
}
