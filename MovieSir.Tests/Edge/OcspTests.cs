using System.Diagnostics;
using MovieSir.Tests.Infrastructure;
using MovieSir.Tests.Operations;

namespace MovieSir.Tests.Edge;

/// <summary>OCSP is stapled where the issuer has a responder, and nginx is not bothered where it has none.</summary>
public sealed class OcspTests : IDisposable
{
    private const string Domain = "moviesir.test";
    private const string OpenSsl = "/usr/bin/openssl";

    private readonly string _directory = Path.Combine(RepositoryPaths.Home, "tests", $"{Environment.ProcessId}-ocsp-{Guid.NewGuid():N}");
    private readonly string _certificates;

    public OcspTests()
    {
        Assert.SkipUnless(File.Exists(OpenSsl), "openssl is not installed here.");
        _certificates = Directory.CreateDirectory(Path.Combine(_directory, "certificate")).FullName;
    }

    private string FullChain => Path.Combine(_certificates, "fullchain.pem");

    private string Stapling => Path.Combine(_certificates, "staple.conf");

    public void Dispose()
    {
        if (Directory.Exists(_directory))
        {
            Directory.Delete(_directory, recursive: true);
        }
    }

    [Fact]
    public async Task An_issuers_answer_is_stapled()
    {
        var responder = LoopbackPort.Free();
        await IssueAsync($"authorityInfoAccess=OCSP;URI:http://127.0.0.1:{responder}");
        using var answering = Process.Start(new ProcessStartInfo(OpenSsl,
            ["ocsp", "-port", $"{responder}", "-index", "index.txt", "-CA", "ca.pem", "-rsigner", "ca.pem", "-rkey", "ca.key", "-ndays", "1",
                "-ignore_err"])
        {
            WorkingDirectory = _directory,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
        try
        {
            var (code, output) = await new OpsScript(_directory).With("MOVIESIR_CERTIFICATE", FullChain).RunAsync("staple-ocsp");
            Assert.True(code == 0, output);
            Assert.Contains($"level=info check=ocsp result=stapled responder=http://127.0.0.1:{responder}", output, StringComparison.Ordinal);

            await using var nginx = new EdgeProcess();
            var port = LoopbackPort.Free();
            await nginx.RenderAsync(_directory, Domain, "127.0.0.1:9", LoopbackPort.Free(), port);
            Assert.DoesNotContain("[warn]", nginx.Log, StringComparison.Ordinal);
            await nginx.StartAsync(_directory, port);

            var handshake = "";
            for (var attempt = 0; attempt < 100 && !handshake.Contains("OCSP Response Status: successful", StringComparison.Ordinal); attempt++)
            {
                // nginx asks the responder when the first client comes, and has the answer for those after it.
                handshake = await RunAsync("s_client", "-connect", $"127.0.0.1:{port}", "-servername", $"api.{Domain}", "-status");
                await Task.Delay(100);
            }

            Assert.True(handshake.Contains("Cert Status: good", StringComparison.Ordinal), $"{handshake}\n{nginx.Log}");
        }
        finally
        {
            answering.Kill();
            await answering.WaitForExitAsync();
        }
    }

    [Fact]
    public async Task A_certificate_without_a_responder_is_served_without_and_without_a_warning()
    {
        await IssueAsync("basicConstraints=CA:FALSE");
        await File.WriteAllTextAsync(Stapling, "ssl_stapling on;"); // of the certificate before, whose issuer had one

        var (code, output) = await new OpsScript(_directory).With("MOVIESIR_CERTIFICATE", FullChain).RunAsync("staple-ocsp");

        Assert.True(code == 0, output);
        Assert.Contains("level=info check=ocsp result=issuer-has-none", output, StringComparison.Ordinal);
        Assert.False(File.Exists(Stapling));
        await using var nginx = new EdgeProcess();
        await nginx.RenderAsync(_directory, Domain, "127.0.0.1:9", LoopbackPort.Free(), LoopbackPort.Free());
        Assert.DoesNotContain("[warn]", nginx.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_chain_without_its_issuer_and_a_file_that_is_no_certificate_are_errors()
    {
        await IssueAsync("authorityInfoAccess=OCSP;URI:http://127.0.0.1:9");
        File.Copy(Path.Combine(_directory, "leaf.pem"), FullChain, overwrite: true);
        var alone = await new OpsScript(_directory).With("MOVIESIR_CERTIFICATE", FullChain).RunAsync("staple-ocsp");
        await File.WriteAllTextAsync(FullChain, "nothing");
        var broken = await new OpsScript(_directory).With("MOVIESIR_CERTIFICATE", FullChain).RunAsync("staple-ocsp");

        Assert.Equal((1, 1), (alone.Code, broken.Code));
        Assert.Contains("level=error check=ocsp reason=issuer-certificate-missing", alone.Output, StringComparison.Ordinal);
        Assert.Contains("level=error check=ocsp reason=unreadable-certificate", broken.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(Stapling));
    }

    [Theory]
    [InlineData("1.22.1", true)]
    [InlineData("1.24.0", true)]
    [InlineData("1.25.1", false)]
    [InlineData("1.30.5", false)]
    public async Task Http2_is_written_as_the_nginx_at_hand_knows_it(string version, bool inListen)
    {
        await IssueAsync("basicConstraints=CA:FALSE");
        await using var nginx = new EdgeProcess();
        await nginx.RenderAsync(_directory, Domain, "127.0.0.1:9", LoopbackPort.Free(), LoopbackPort.Free(), version);

        var sites = await File.ReadAllTextAsync(Path.Combine(_directory, "conf.d", "sites.conf"));
        Assert.Equal(inListen, sites.Contains(" ssl http2", StringComparison.Ordinal));
        Assert.Equal(!inListen, (await File.ReadAllLinesAsync(Path.Combine(_directory, "snippets", "tls.conf"))).Contains("http2 on;"));
    }

    /// <summary>A certificate with one extension, its issuer behind it in the chain, and the issuer's index that calls it valid.</summary>
    private async Task IssueAsync(string extension)
    {
        await RunAsync("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj", "/CN=issuer",
            "-keyout", "ca.key", "-out", "ca.pem");
        await RunAsync("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", $"/CN={Domain}", "-keyout",
            "certificate/privkey.pem", "-out", "leaf.csr");
        await File.WriteAllTextAsync(Path.Combine(_directory, "extensions"), $"subjectAltName=DNS:{Domain},DNS:*.{Domain}\n{extension}\n");
        await RunAsync("x509", "-req", "-in", "leaf.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-set_serial", "0x1234", "-days", "1", "-extfile",
            "extensions", "-out", "leaf.pem");
        await File.WriteAllTextAsync(
            FullChain, await File.ReadAllTextAsync(Path.Combine(_directory, "leaf.pem"))
                + await File.ReadAllTextAsync(Path.Combine(_directory, "ca.pem")));
        await File.WriteAllTextAsync(
            Path.Combine(_directory, "index.txt"), $"V\t{DateTime.UtcNow.AddDays(1):yyMMddHHmmss}Z\t\t1234\tunknown\t/CN={Domain}\n");
        // nginx gives root up, and may then read no other's key.
        File.SetUnixFileMode(Path.Combine(_certificates, "privkey.pem"), (UnixFileMode)0b110_100_100);
    }

    private async Task<string> RunAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(OpenSsl, arguments)
        {
            WorkingDirectory = _directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0 || arguments[0] == "s_client", await error);
        return output;
    }
}
