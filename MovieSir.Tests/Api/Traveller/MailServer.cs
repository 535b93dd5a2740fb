using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using System.Text.RegularExpressions;
using MimeKit;
using MovieSir.Tests.Infrastructure;
using SmtpServer;
using SmtpServer.ComponentModel;
using SmtpServer.Protocol;
using SmtpServer.Storage;

namespace MovieSir.Tests.Api.Traveller;

/// <summary>A real SMTP server, which keeps what it is given.</summary>
internal sealed partial class MailServer : MessageStore, IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly ReservedPort _port = new();
    private Task _running = Task.CompletedTask;

    public int Port => _port.Number;

    public ConcurrentQueue<MimeMessage> Mails { get; } = new();

    public string[] Settings => ["--Mail:Host=127.0.0.1", $"--Mail:Port={Port}", "--Mail:PollSeconds=1", "--Mail:LongestRetrySeconds=1"];

    public MailServer Start()
    {
        _port.Release();
        var services = new ServiceProvider();
        services.Add(this);
        var options = new SmtpServerOptionsBuilder().ServerName("localhost")
            .Endpoint(endpoint => endpoint.Endpoint(new IPEndPoint(IPAddress.Loopback, Port))).Build();
        _running = new SmtpServer.SmtpServer(options, services).StartAsync(_stop.Token);
        return this;
    }

    public override Task<SmtpResponse> SaveAsync(
        ISessionContext context, IMessageTransaction transaction, ReadOnlySequence<byte> buffer, CancellationToken cancellationToken)
    {
        using var stream = new MemoryStream(buffer.ToArray());
        Mails.Enqueue(MimeMessage.Load(stream, cancellationToken));
        return Task.FromResult(SmtpResponse.Ok);
    }

    /// <summary>Waits for the mail number <paramref name="count"/> to somebody.</summary>
    public async Task<MimeMessage> ToAsync(string recipient, int count = 1)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            var mails = Mails.Where(mail => mail.To.Mailboxes.Single().Address == recipient).ToList();
            if (mails.Count >= count)
            {
                return mails[count - 1];
            }

            if (_running.IsFaulted)
            {
                await _running;
            }

            await Task.Delay(20, limit.Token);
        }
    }

    public async Task<string> CodeAsync(string recipient, int count = 1) => Code().Match((await ToAsync(recipient, count)).TextBody!).Value;

    public async Task<string> TokenAsync(string recipient, int count = 1) =>
        LinkToken().Match((await ToAsync(recipient, count)).TextBody!).Groups["token"].Value;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _port.Release();
        await _running.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        _stop.Dispose();
    }

    [GeneratedRegex(@"\b\d{6}\b")]
    private static partial Regex Code();

    [GeneratedRegex("#token=(?<token>[A-Za-z0-9_-]+)")]
    private static partial Regex LinkToken();
}
