using Microsoft.Extensions.Options;
using MimeKit;

namespace MovieSir.MailSink;

/// <summary>A mail that was taken.</summary>
internal sealed record Mail
{
    public required Guid Id { get; init; }

    /// <summary>The sender's name for it. A mail that is sent twice has one.</summary>
    public required string? MessageId { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    public required string From { get; init; }

    public required IReadOnlyList<string> To { get; init; }

    public required string Subject { get; init; }

    public required string Text { get; init; }

    public required string? Html { get; init; }
}

/// <summary>The newest mails, in memory.</summary>
internal sealed class MailBox(IOptions<MailSinkOptions> options, TimeProvider clock)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<Mail> _mails = new(); // the newest first

    public void Add(MimeMessage message, IReadOnlyList<string> recipients)
    {
        var now = clock.GetUtcNow();
        var mail = new Mail
        {
            Id = Guid.CreateVersion7(now),
            MessageId = message.MessageId,
            ReceivedAt = now,
            From = message.From.ToString(),
            To = recipients,
            Subject = message.Subject ?? "",
            Text = message.TextBody ?? "",
            Html = message.HtmlBody,
        };
        lock (_lock)
        {
            _mails.AddFirst(mail);
            while (_mails.Count > options.Value.Kept)
            {
                _mails.RemoveLast();
            }
        }
    }

    /// <summary>The newest first.</summary>
    /// <param name="recipient">Whose; null: everybody's.</param>
    public IReadOnlyList<Mail> Newest(string? recipient = null)
    {
        lock (_lock)
        {
            return [.. _mails.Where(mail => recipient is null || mail.To.Contains(recipient, StringComparer.OrdinalIgnoreCase))];
        }
    }

    public Mail? Find(Guid id)
    {
        lock (_lock)
        {
            return _mails.FirstOrDefault(mail => mail.Id == id);
        }
    }
}
