using System.Threading.Channels;
using MovieSir.Data;
using MovieSir.Data.Mail;

namespace MovieSir.Api.Mail;

/// <summary>Takes mails in the transaction of what they tell of: there is neither one without the other.</summary>
internal sealed class Outbox(TimeProvider clock)
{
    private readonly Channel<bool> _news = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Adds a mail. It is sent once <paramref name="context"/> is saved and its transaction committed.</summary>
    /// <param name="context">What it is added to.</param>
    /// <param name="recipient">An address that was read as one.</param>
    /// <param name="mail">What it says.</param>
    /// <param name="useful">For how long it is of use.</param>
    public void Add(MovieSirDbContext context, string recipient, MailText mail, TimeSpan useful)
    {
        var now = clock.GetUtcNow();
        context.Add(new OutgoingMail
        {
            MailId = Guid.CreateVersion7(now),
            Recipient = recipient,
            Subject = mail.Subject,
            TextBody = mail.Text,
            HtmlBody = mail.Html,
            CreatedAt = now,
            DueAt = now,
            ExpiresAt = now + useful,
        });
    }

    /// <summary>Tells this process's sender that there may be a mail: after the transaction. Without it the mail waits for the next look.</summary>
    public void Announce() => _news.Writer.TryWrite(true);

    /// <summary>Waits for an announcement, and no longer than <paramref name="most"/>.</summary>
    public async Task WaitAsync(TimeSpan most, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(most);
        try
        {
            await _news.Reader.ReadAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Nothing was announced: it is time to look all the same.
        }
    }
}
