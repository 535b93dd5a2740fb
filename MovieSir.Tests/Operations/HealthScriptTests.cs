using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using MovieSir.Tests.Infrastructure;
using StackExchange.Redis;

namespace MovieSir.Tests.Operations;

public sealed class HealthScriptTests(TestServers servers) : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("moviesir-ops-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory]
    [InlineData("100", 0, "level=info check=disk path=/ used_percent=")]
    [InlineData("0", 1, "level=error check=disk path=/ used_percent=")]
    public async Task A_full_disk_is_an_error(string limit, int code, string line)
    {
        var result = await new OpsScript(_directory).With("MOVIESIR_DISK_PERCENT", limit).RunAsync("disk-alert");

        Assert.Equal(code, result.Code);
        Assert.Contains(line, result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_well_node_passes_and_each_thing_that_fails_is_named()
    {
        await using var api = await StartAsync(StatusCodes.Status200OK);
        await using var ill = await StartAsync(StatusCodes.Status503ServiceUnavailable);
        await using var redis = await servers.StartRedisAsync();
        var connection = ConfigurationOptions.Parse(redis.ConnectionString);
        var well = new OpsScript(_directory)
            .With("MOVIESIR_HEALTH_URLS", $"{api.Urls.First()}/health")
            .With("MOVIESIR_CERTIFICATE", CreateCertificate(daysLeft: 60))
            .With("MOVIESIR_NGINX_TEST", "true")
            .With("MOVIESIR_DISK_PERCENT", "100")
            .With("MOVIESIR_MEMORY_PERCENT", "0")
            .With("MOVIESIR_QUEUE_LAG", "0")
            .With("MOVIESIR_REDIS_PORT", $"{redis.Port}")
            .With("REDISCLI_AUTH", connection.Password!);

        var passed = await well.RunAsync("health-check");
        Assert.True(passed.Code == 0, passed.Output);
        foreach (var check in new[] { "http", "nginx", "certificate", "disk", "memory", "queue", "health" })
        {
            Assert.Contains($"level=info check={check}", passed.Output, StringComparison.Ordinal);
        }

        await using (var client = await ConnectionMultiplexer.ConnectAsync(redis.ConnectionString))
        {
            await client.GetDatabase().StreamAddAsync("usage", "event", "waiting");
        }

        var failed = await well.With("MOVIESIR_HEALTH_URLS", $"{ill.Urls.First()}/health http://127.0.0.1:{LoopbackPort.Free()}/health")
            .With("MOVIESIR_CERTIFICATE", CreateCertificate(daysLeft: 5))
            .With("MOVIESIR_NGINX_TEST", "echo broken >&2; false")
            .With("MOVIESIR_DISK_PERCENT", "0")
            .With("MOVIESIR_MEMORY_PERCENT", "101").RunAsync("health-check");
        Assert.Equal(1, failed.Code);
        Assert.Contains("level=error check=http", failed.Output, StringComparison.Ordinal);
        Assert.Contains("status=503", failed.Output, StringComparison.Ordinal);
        Assert.Contains("level=error check=nginx detail=\"broken\"", failed.Output, StringComparison.Ordinal);
        Assert.Matches("level=error check=certificate days_left=[45] ", failed.Output);
        Assert.Contains("level=error check=memory", failed.Output, StringComparison.Ordinal);
        Assert.Contains("level=error check=queue waiting=1 limit=0", failed.Output, StringComparison.Ordinal);
        Assert.Contains("level=error check=health failures=7", failed.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_edge_is_reloaded_only_when_the_certificate_changed()
    {
        var certificate = CreateCertificate(daysLeft: 20);
        var reloaded = Path.Combine(_directory, "reloaded");
        var script = new OpsScript(_directory).With("MOVIESIR_CERTIFICATE", certificate).With("MOVIESIR_RELOAD_COMMAND", $"touch {reloaded}");

        var notDue = await script.With("MOVIESIR_RENEW_COMMAND", "true").RunAsync("renew-certificate");
        Assert.True(notDue.Code == 0 && !File.Exists(reloaded), notDue.Output);

        var renewed = await script.With("MOVIESIR_RENEW_COMMAND", $"cp {CreateCertificate(daysLeft: 90)} {certificate}")
            .RunAsync("renew-certificate");
        Assert.True(renewed.Code == 0 && File.Exists(reloaded), renewed.Output);
        Assert.Contains("check=ocsp result=issuer-has-none", renewed.Output, StringComparison.Ordinal);

        File.Delete(reloaded);
        var unreadable = await script.With("MOVIESIR_RENEW_COMMAND", $"echo nothing >{certificate}").RunAsync("renew-certificate");
        Assert.Equal(1, unreadable.Code);
        Assert.Contains("level=error check=certificate-renewal reason=stapling-not-configured", unreadable.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(reloaded), unreadable.Output); // stapling never stands in the way of what was renewed

        var failed = await script.With("MOVIESIR_RENEW_COMMAND", "false").RunAsync("renew-certificate");
        Assert.Equal(1, failed.Code);
        Assert.Contains("level=error check=certificate-renewal reason=certbot-failed", failed.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_weekly_clean_up_never_touches_volumes()
    {
        var called = Path.Combine(_directory, "called");
        foreach (var command in new[] { "journalctl", "docker" })
        {
            var fake = Path.Combine(_directory, command);
            await File.WriteAllTextAsync(fake, $"#!/bin/sh\necho {command} \"$@\" >>{called}\n");
            File.SetUnixFileMode(fake, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        var result = await new OpsScript(_directory)
            .With("PATH", $"{_directory}:{Environment.GetEnvironmentVariable("PATH")}").RunAsync("weekly-clean-up");

        Assert.True(result.Code == 0, result.Output);
        Assert.Equal(
            [
                "journalctl --vacuum-time=7d",
                "docker container prune --force --filter until=168h --filter label!=com.docker.compose.project=moviesir",
                "docker image prune --force --filter until=168h", "docker builder prune --force --filter until=168h",
            ],
            await File.ReadAllLinesAsync(called));
    }

    private string CreateCertificate(int daysLeft)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=moviesir.test", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(daysLeft));
        var file = Path.Combine(_directory, $"certificate-{daysLeft}.pem");
        File.WriteAllText(file, certificate.ExportCertificatePem());
        return file;
    }

    private static async Task<WebApplication> StartAsync(int status)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.MapGet("/health", () => Results.StatusCode(status));
        await app.StartAsync();
        return app;
    }
}
