using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MovieSir.Data.Mail;

/// <summary>A mail that has not been sent yet. It is written in the transaction
/// of what it tells of, and deleted when a server has taken it.</summary>
public sealed class OutgoingMail
{
    /// <summary>Also the mail's Message-Id, so that one that is sent twice can be told to be one.</summary>
    public Guid MailId { get; set; }

    public required string Recipient { get; set; }

    public required string Subject { get; set; }

    public required string TextBody { get; set; }

    public required string HtmlBody { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>When it is to be tried next. A sender that takes it moves this on, and so holds it for that long.</summary>
    public DateTimeOffset DueAt { get; set; }

    public int Attempts { get; set; }

    /// <summary>When it is of no use any more: its code or link has ended.</summary>
    public DateTimeOffset ExpiresAt { get; set; }
}

internal sealed class OutgoingMailConfiguration : IEntityTypeConfiguration<OutgoingMail>
{
    public void Configure(EntityTypeBuilder<OutgoingMail> builder)
    {
        builder.ToTable("outbox", Schemas.Mail);
        builder.HasKey(m => m.MailId);
        builder.HasIndex(m => m.DueAt);
        builder.Property(m => m.Recipient).HasMaxLength(254);
        builder.Property(m => m.Subject).HasMaxLength(200);
    }
}
