using System.Buffers;
using System.Net;
using Microsoft.Extensions.Options;
using MimeKit;
using SmtpServer;
using SmtpServer.Mail;
using SmtpServer.Protocol;
using SmtpServer.Storage;

namespace MovieSir.MailSink;

/// <summary>Takes mails over SMTP, from this machine alone. It listens before the page answers.</summary>
internal sealed partial class SmtpListener(IOptions<MailSinkOptions> options, MailBox mails, ILogger<SmtpListener> logger)
    : IHostedService, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var services = new SmtpServer.ComponentModel.ServiceProvider();
        services.Add(new Store(mails, options.Value.MaxMailBytes));
        var server = new SmtpServer.SmtpServer(
            new SmtpServerOptionsBuilder().ServerName("localhost").MaxMessageSize(options.Value.MaxMailBytes)
                .Endpoint(endpoint => endpoint.Endpoint(new IPEndPoint(IPAddress.Loopback, options.Value.SmtpPort))).Build(),
            services);
        _running = server.StartAsync(_stop.Token); // it listens when this returns, or has failed
        LogListening(logger, options.Value.SmtpPort);
        return _running.IsFaulted ? _running : Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => _stop.Dispose();

    [LoggerMessage(LogLevel.Information, "Mails are taken on port {Port} of this machine; none is passed on")]
    private static partial void LogListening(ILogger logger, int port);

    private sealed class Store(MailBox mails, int maximumBytes) : MessageStore
    {
        public override async Task<SmtpResponse> SaveAsync(
            ISessionContext context, IMessageTransaction transaction, ReadOnlySequence<byte> buffer, CancellationToken cancellationToken)
        {
            if (buffer.Length > maximumBytes)
            {
                return new SmtpResponse(SmtpReplyCode.SizeLimitExceeded, "the mail is too large");
            }

            using var content = new MemoryStream(buffer.ToArray());
            var message = await MimeMessage.LoadAsync(content, cancellationToken);
            mails.Add(message, [.. transaction.To.Select(recipient => recipient.AsAddress())]);
            return SmtpResponse.Ok;
        }
    }
}
