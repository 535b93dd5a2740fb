using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;
using MimeKit;
using MovieSir.Api.Dependencies;

namespace MovieSir.Api.Mail;

/// <summary>
/// Sends what is in the outbox. A mail is deleted when the server has taken it: one that was taken by a sender that then died is sent again, under
/// the same Message-Id. A server that is away delays mails and nothing else.
/// </summary>
internal sealed partial class MailSender(
    OutboxStore store, Outbox outbox, IOptions<MailOptions> options, Outages outages,
        TimeProvider clock, ILogger<MailSender> logger) : BackgroundService
{
    private const int MailsAtATime = 20;
    private const int FirstRetrySeconds = 5;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var reply = await outages.AskAsync(Dependency.PostgreSql, () => SendDueAsync(stoppingToken), stoppingToken);
            if (reply is not Reply<bool>.Answered(true)) // else there may be more
            {
                await outbox.WaitAsync(TimeSpan.FromSeconds(options.Value.PollSeconds), stoppingToken);
            }
        }
    }

    private async Task<bool> SendDueAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (await store.DeleteExpiredAsync(now, cancellationToken) is > 0 and var expired)
        {
            LogExpired(logger, expired);
        }

        var mails = await store.TakeAsync(now, now.AddSeconds(options.Value.HoldSeconds), MailsAtATime, cancellationToken);
        if (mails.Count == 0)
        {
            return false;
        }

        using var smtp = new SmtpClient { Timeout = options.Value.TimeoutMilliseconds };
        foreach (var mail in mails)
        {
            if (!await TrySendAsync(smtp, mail, cancellationToken))
            {
                break; // the others are tried again when their time has come
            }
        }

        if (smtp.IsConnected)
        {
            await smtp.DisconnectAsync(quit: true, cancellationToken);
        }

        return mails.Count == MailsAtATime;
    }

    /// <returns>False where the server is away.</returns>
    private async Task<bool> TrySendAsync(SmtpClient smtp, HeldMail mail, CancellationToken cancellationToken)
    {
        try
        {
            if (!smtp.IsConnected)
            {
                await ConnectAsync(smtp, cancellationToken);
            }

            await smtp.SendAsync(MessageOf(mail, options.Value.Sender), cancellationToken);
        }
        catch (SmtpCommandException refusal) when (refusal.ErrorCode is SmtpErrorCode.RecipientNotAccepted && (int)refusal.StatusCode >= 500)
        {
            LogRefused(logger, mail.MailId, (int)refusal.StatusCode);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested && MeansThatTheServerIsAway(failure))
        {
            var seconds = Math.Min(options.Value.LongestRetrySeconds, FirstRetrySeconds * Math.Pow(3, Math.Min(mail.Attempts - 1, 10)));
            LogFailed(logger, mail.MailId, mail.Attempts, seconds, failure.GetType().Name); // its message may hold the mail
            await store.PostponeAsync(mail.MailId, clock.GetUtcNow().AddSeconds(seconds), cancellationToken);
            return smtp.IsConnected;
        }

        await store.DeleteAsync(mail.MailId, cancellationToken);
        return true;
    }

    private async Task ConnectAsync(SmtpClient smtp, CancellationToken cancellationToken)
    {
        var settings = options.Value;
        var hasLogin = settings.User.Length > 0;
        // A password is sent over an encrypted connection only.
        await smtp.ConnectAsync(
            settings.Host, settings.Port,
            !hasLogin ? SecureSocketOptions.StartTlsWhenAvailable
                : settings.Port == 465 ? SecureSocketOptions.SslOnConnect : SecureSocketOptions.StartTls,
            cancellationToken);
        if (hasLogin)
        {
            await smtp.AuthenticateAsync(settings.User, settings.Password, cancellationToken);
        }
    }

    private static MimeMessage MessageOf(HeldMail mail, string sender)
    {
        var from = new MailboxAddress("MovieSir", sender);
        var message = new MimeMessage
        {
            MessageId = $"{mail.MailId:N}@{from.Domain}",
            Date = mail.CreatedAt,
            Subject = mail.Subject,
            Body = new BodyBuilder { TextBody = mail.TextBody, HtmlBody = mail.HtmlBody }.ToMessageBody(),
        };
        message.From.Add(from);
        message.To.Add(new MailboxAddress("", mail.Recipient));
        message.Headers.Add("Auto-Submitted", "auto-generated");
        return message;
    }

    private static bool MeansThatTheServerIsAway(Exception failure) => failure
        is SmtpCommandException or SmtpProtocolException or AuthenticationException or SslHandshakeException or ServiceNotConnectedException
        or ServiceNotAuthenticatedException or SocketException or IOException
            or TimeoutException or OperationCanceledException or NotSupportedException;

    [LoggerMessage(LogLevel.Warning, "Mail {MailId} was not sent (attempt {Attempt}); it is tried again in {Seconds:F0} s: {Reason}")]
    private static partial void LogFailed(ILogger logger, Guid mailId, int attempt, double seconds, string reason);

    [LoggerMessage(LogLevel.Warning, "Mail {MailId} is given up: the server does not take its recipient ({Status})")]
    private static partial void LogRefused(ILogger logger, Guid mailId, int status);

    [LoggerMessage(LogLevel.Warning, "{Count} mails were not sent while they were of use, and are given up")]
    private static partial void LogExpired(ILogger logger, int count);
}
