using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MovieSir.Data.B2b;

/// <summary>Something that somebody did in the console. The API's role adds and reads entries; it can neither change nor delete one.</summary>
public sealed class AuditEntry
{
    /// <summary>UUID v7: entries are in the order of their ids.</summary>
    public Guid EntryId { get; set; }

    public DateTimeOffset OccurredAt { get; set; }

    /// <summary>The company that it concerns. None: the service itself, or travellers.</summary>
    public Guid? CompanyId { get; set; }

    /// <summary>Whether an administrator did it, as one.</summary>
    public bool ByAdministrator { get; set; }

    /// <summary>E-mail of who did it, as it was then. None: a command, or nobody who is known.</summary>
    public string? Actor { get; set; }

    /// <summary>What was done, for example <c>key.created</c>.</summary>
    public required string Action { get; set; }

    /// <summary>To what: an id, an e-mail or a name.</summary>
    public required string Subject { get; set; }

    /// <summary>What else is worth knowing, as a JSON object. It holds no secret.</summary>
    public required string Details { get; set; }
}

internal sealed class AuditEntryConfiguration : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> builder)
    {
        builder.ToTable("audit_log", Schemas.B2b);
        builder.HasKey(e => e.EntryId);
        builder.HasIndex(e => new { e.CompanyId, e.EntryId });
        builder.HasIndex(e => e.EntryId).HasFilter("by_administrator").HasDatabaseName("ix_audit_log_by_administrator");
        builder.Property(e => e.Actor).HasMaxLength(254);
        builder.Property(e => e.Action).HasMaxLength(60);
        builder.Property(e => e.Subject).HasMaxLength(254);
        builder.Property(e => e.Details).HasColumnType("jsonb");
    }
}
