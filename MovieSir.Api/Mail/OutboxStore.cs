using MovieSir.Data.Sql;
using Npgsql;

namespace MovieSir.Api.Mail;

/// <summary>A mail that a sender holds.</summary>
internal sealed record HeldMail(
    Guid MailId, string Recipient, string Subject, string TextBody, string HtmlBody, DateTimeOffset CreatedAt, int Attempts);

/// <summary>Hands mails to senders, each to one at a time.</summary>
internal sealed class OutboxStore(NpgsqlDataSource dataSource)
{
    // Taking a mail moves its time on: it is the taker's until then, and another's after that, whatever became of the taker.
    private static readonly SqlStatement Take = new("""
        UPDATE mail.outbox SET due_at = $2, attempts = attempts + 1
        WHERE mail_id IN (
          SELECT mail_id FROM mail.outbox WHERE due_at <= $1 AND expires_at > $1 ORDER BY due_at LIMIT $3 FOR UPDATE SKIP LOCKED)
        RETURNING mail_id, recipient, subject, text_body, html_body, created_at, attempts
        """, "timestamptz", "timestamptz", "integer");

    private static readonly SqlStatement Delete = new("DELETE FROM mail.outbox WHERE mail_id = $1", "uuid");

    private static readonly SqlStatement Postpone = new("UPDATE mail.outbox SET due_at = $2 WHERE mail_id = $1", "uuid", "timestamptz");

    private static readonly SqlStatement DeleteExpired = new("DELETE FROM mail.outbox WHERE expires_at <= $1", "timestamptz");

    public async Task<IReadOnlyList<HeldMail>> TakeAsync(DateTimeOffset now, DateTimeOffset until, int most, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(Take, [now, until, most]);
        return await command.ReadAllAsync(
            reader => new HeldMail(
                reader.GetGuid(0), reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.GetString(4),
                reader.GetFieldValue<DateTimeOffset>(5), reader.GetInt32(6)),
            cancellationToken);
    }

    public Task DeleteAsync(Guid mailId, CancellationToken cancellationToken) => ExecuteAsync(Delete, [mailId], cancellationToken);

    public Task PostponeAsync(Guid mailId, DateTimeOffset until, CancellationToken cancellationToken) =>
        ExecuteAsync(Postpone, [mailId, until], cancellationToken);

    /// <summary>Deletes what is of no use any more.</summary>
    /// <returns>How many mails were never sent.</returns>
    public Task<int> DeleteExpiredAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        ExecuteAsync(DeleteExpired, [now], cancellationToken);

    private async Task<int> ExecuteAsync(SqlStatement statement, object?[] values, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(statement, values);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
