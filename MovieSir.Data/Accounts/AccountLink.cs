using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MovieSir.Data.Accounts;

/// <summary>What a mailed link does.</summary>
public enum LinkPurpose
{
    /// <summary>Sets a new password.</summary>
    PasswordReset,

    /// <summary>Confirms a new e-mail.</summary>
    EmailChange,
}

/// <summary>A mailed link that works once.</summary>
public sealed class AccountLink
{
    /// <summary>SHA-256 of the link's token.</summary>
    public required byte[] TokenHash { get; set; }

    public Guid AccountId { get; set; }

    public LinkPurpose Purpose { get; set; }

    /// <summary>The new e-mail, for a change of it.</summary>
    public string? Email { get; set; }

    public DateTimeOffset ExpiresAt { get; set; }

    public Account? Account { get; set; }
}

internal sealed class AccountLinkConfiguration : IEntityTypeConfiguration<AccountLink>
{
    public void Configure(EntityTypeBuilder<AccountLink> builder)
    {
        builder.ToTable("links", Schemas.Accounts);
        builder.HasKey(l => l.TokenHash);
        builder.HasIndex(l => l.ExpiresAt);
        builder.Property(l => l.Purpose).HasConversion<string>().HasMaxLength(20);
        builder.Property(l => l.Email).HasMaxLength(254);
        builder.HasOne(l => l.Account).WithMany().HasForeignKey(l => l.AccountId).OnDelete(DeleteBehavior.Cascade);
    }
}
