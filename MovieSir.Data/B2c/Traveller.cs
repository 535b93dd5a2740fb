using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using MovieSir.Data.Accounts;

namespace MovieSir.Data.B2c;

/// <summary>A person who uses the web app: with an account, or as a guest, whom only a browser's cookie names.</summary>
internal sealed class Traveller
{
    public Guid TravellerId { get; set; }

    /// <summary>None: a guest.</summary>
    public Guid? AccountId { get; set; }

    public string? Nickname { get; set; }

    /// <summary>The nickname in the form in which two are compared.</summary>
    public string? NicknameKey { get; set; }

    /// <summary>SHA-256 of a guest's cookie.</summary>
    public byte[]? GuestTokenHash { get; set; }

    /// <summary>A guest's language. An account has its own.</summary>
    public Language? Language { get; set; }

    /// <summary>Whether movies for adults only may be recommended.</summary>
    public bool ShowAdult { get; set; }

    /// <summary>When the first questions were answered or skipped.</summary>
    public DateTimeOffset? OnboardedAt { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>To the hour. A guest who was not seen for 30 days is forgotten.</summary>
    public DateTimeOffset LastSeenAt { get; set; }
}

internal sealed class TravellerConfiguration : IEntityTypeConfiguration<Traveller>
{
    public void Configure(EntityTypeBuilder<Traveller> builder)
    {
        builder.ToTable("travellers", Schemas.B2c);
        builder.HasKey(t => t.TravellerId);
        builder.HasIndex(t => t.AccountId).IsUnique();
        builder.HasIndex(t => t.NicknameKey).IsUnique();
        builder.HasIndex(t => t.GuestTokenHash).IsUnique();
        builder.HasIndex(t => t.LastSeenAt).HasFilter("account_id IS NULL");
        builder.Property(t => t.Nickname).HasMaxLength(64);
        builder.Property(t => t.NicknameKey).HasMaxLength(128);
        builder.Property(t => t.Language).HasConversion<string>().HasMaxLength(2);
        builder.HasOne<Account>().WithOne().HasForeignKey<Traveller>(t => t.AccountId).OnDelete(DeleteBehavior.Cascade);
    }
}
