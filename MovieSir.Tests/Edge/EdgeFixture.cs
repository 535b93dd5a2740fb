using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Logging;
using MovieSir.AppHost.Local;
using MovieSir.Tests.Infrastructure;

namespace MovieSir.Tests.Edge;

/// <summary>The real nginx with the configuration that is deployed, on free ports, with a certificate of its own, before a stand-in for the API.</summary>
public sealed class EdgeFixture : IAsyncLifetime
{
    public const string Domain = "moviesir.test";

    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(5); // the first start unpacks the servers
    private readonly string _directory = Path.Combine(RepositoryPaths.Home, "tests", $"{Environment.ProcessId}-edge");
    private readonly ConcurrentQueue<string> _log = new();
    private WebApplication _api = null!;
    private Process _nginx = null!;
    private X509Certificate2 _certificate = null!;

    public int HttpPort { get; } = LoopbackPort.Free();

    public int HttpsPort { get; } = LoopbackPort.Free();

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
        await RunAsync(Path.Combine(RepositoryPaths.Root, "deploy", "nginx", "render"), [_directory], new()
        {
            ["MOVIESIR_DOMAIN"] = Domain,
            ["MOVIESIR_API_UPSTREAM"] = new Uri(_api.Urls.First()).Authority,
            ["MOVIESIR_CERTIFICATE_DIR"] = "/data/certificate",
            ["MOVIESIR_WEB_ROOT"] = "/data/www",
            ["MOVIESIR_ACME_ROOT"] = "/data/acme",
            ["MOVIESIR_HTTP_PORT"] = $"127.0.0.1:{HttpPort}",
            ["MOVIESIR_HTTPS_PORT"] = $"127.0.0.1:{HttpsPort}",
            ["MOVIESIR_ACCESS_LOG"] = "/data/run/access.log",
        });
        _nginx = await LastingThread.RunAsync(() => Start(
            RepositoryPaths.EmbeddedServer, ["nginx", "--data", _directory, "--die-with-parent"], new() { ["MOVIESIR_HOME"] = RepositoryPaths.Home }));
        await WaitUntilItListensAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _nginx.Send(Signal.Terminate);
        await _nginx.WaitForExitAsync();
        _nginx.Dispose();
        _certificate.Dispose();
        await _api.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    /// <summary>A client that reaches every host name at the edge and trusts its certificate and no other.</summary>
    public HttpClient CreateClient() => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        ConnectCallback = async (context, cancellationToken) => await ConnectAsync(context.DnsEndPoint.Port, cancellationToken),
        SslOptions = { RemoteCertificateValidationCallback = IsOurs },
    });

    /// <summary>A TLS handshake alone.</summary>
    /// <exception cref="AuthenticationException">The edge refused it.</exception>
    /// <exception cref="IOException">The edge closed the connection.</exception>
    public async Task<SslStream> HandshakeAsync(string host, SslProtocols protocols)
    {
        var stream = new SslStream(await ConnectAsync(HttpsPort, CancellationToken.None));
        try
        {
            await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
            {
                TargetHost = host, EnabledSslProtocols = protocols, RemoteCertificateValidationCallback = IsOurs,
            });
            return stream;
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }

    public static async Task<Stream> ConnectAsync(int port, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
        return new NetworkStream(socket, ownsSocket: true);
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

    private Process Start(string file, string[] arguments, Dictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(file, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => _log.Enqueue(line.Data ?? "");
        process.ErrorDataReceived += (_, line) => _log.Enqueue(line.Data ?? "");
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private async Task RunAsync(string file, string[] arguments, Dictionary<string, string> environment)
    {
        using var process = Start(file, arguments, environment);
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, string.Join('\n', _log));
    }

    private async Task WaitUntilItListensAsync()
    {
        using var limit = new CancellationTokenSource(StartLimit);
        while (true)
        {
            Assert.False(_nginx.HasExited, string.Join('\n', _log));
            try
            {
                await using var connection = await ConnectAsync(HttpsPort, limit.Token);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(50, limit.Token);
            }
        }
    }
}
