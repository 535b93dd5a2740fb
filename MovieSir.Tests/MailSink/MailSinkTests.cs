using System.Net;
using System.Text.Json;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.AspNetCore.Builder;
using MimeKit;
using MovieSir.MailSink;
using MovieSir.Tests.Infrastructure;

namespace MovieSir.Tests.MailSink;

/// <summary>The server that takes a run's mails: over real SMTP, read as a person and as a test reads them.</summary>
public sealed class MailSinkTests : IAsyncLifetime
{
    private const int Kept = 5;
    private readonly int _smtpPort = LoopbackPort.Free();
    private readonly HttpClient _http = new();
    private WebApplication _sink = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _sink = MailSinkHost.Build(
            ["--urls=http://127.0.0.1:0", $"--MailSink:SmtpPort={_smtpPort}", $"--MailSink:Kept={Kept}", "--MailSink:MaxMailBytes=20000"]);
        await _sink.StartAsync(Token);
        _http.BaseAddress = new Uri(_sink.Urls.Single());
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _sink.StopAsync(CancellationToken.None);
        await _sink.DisposeAsync();
    }

    [Fact]
    public async Task A_mail_is_found_by_its_recipient_and_shown_as_text_and_in_a_frame_that_runs_nothing()
    {
        await SendAsync("ann@example.com", "<b>Code</b>", "Open https://example.com/reset#token=a-b_c and <i>go</i>.", "<p onclick=alert(1)>Hi</p>");
        await SendAsync("ben@example.com", "Other", "x", null);

        var mail = Assert.Single(await MailsAsync("ANN@example.com"));
        Assert.Equal("<b>Code</b>", mail.GetProperty("subject").GetString());
        Assert.Equal(2, (await MailsAsync(null)).Count);
        var list = await _http.GetStringAsync(new Uri("/", UriKind.Relative), Token);
        Assert.Contains("&lt;b&gt;Code&lt;/b&gt;", list, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>Code", list, StringComparison.Ordinal);
        var page = await _http.GetStringAsync(new Uri($"/mails/{mail.GetProperty("id").GetString()}", UriKind.Relative), Token);
        Assert.Contains("<a href=\"https://example.com/reset#token=a-b_c\"", page, StringComparison.Ordinal);
        Assert.Contains("&lt;i&gt;go&lt;/i&gt;", page, StringComparison.Ordinal);
        Assert.Contains("<iframe sandbox ", page, StringComparison.Ordinal);
        using var html = await _http.GetAsync(new Uri($"/mails/{mail.GetProperty("id").GetString()}/html", UriKind.Relative), Token);
        Assert.Contains("default-src 'none'", html.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_newest_mails_are_kept()
    {
        for (var number = 1; number <= Kept + 2; number++)
        {
            await SendAsync("ann@example.com", $"Mail {number}", "x", null);
        }

        Assert.Equal(["Mail 7", "Mail 6", "Mail 5", "Mail 4", "Mail 3"],
            (await MailsAsync(null)).Select(mail => mail.GetProperty("subject").GetString()));
    }

    [Fact]
    public async Task A_mail_that_is_too_large_is_refused()
    {
        await Assert.ThrowsAsync<SmtpCommandException>(() => SendAsync("ann@example.com", "Large", new string('x', 30_000), null));

        Assert.Empty(await MailsAsync(null));
    }

    [Fact]
    public async Task Another_sites_name_for_this_machine_reads_nothing()
    {
        await SendAsync("ann@example.com", "Secret", "x", null);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/mails") { Headers = { Host = "evil.example" } };

        using var response = await _http.SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    private async Task SendAsync(string recipient, string subject, string text, string? html)
    {
        using var message = new MimeMessage { Subject = subject, Body = new BodyBuilder { TextBody = text, HtmlBody = html }.ToMessageBody() };
        message.From.Add(new MailboxAddress("MovieSir", "no-reply@example.com"));
        message.To.Add(new MailboxAddress("", recipient));
        using var smtp = new SmtpClient();
        await smtp.ConnectAsync("127.0.0.1", _smtpPort, SecureSocketOptions.None, Token);
        await smtp.SendAsync(message, Token);
        await smtp.DisconnectAsync(quit: true, Token);
    }

    private async Task<IReadOnlyList<JsonElement>> MailsAsync(string? recipient)
    {
        var json = await _http.GetStringAsync(new Uri("/api/mails" + (recipient is null ? "" : $"?to={recipient}"), UriKind.Relative), Token);
        using var document = JsonDocument.Parse(json);
        return [.. document.RootElement.Clone().EnumerateArray()];
    }
}
