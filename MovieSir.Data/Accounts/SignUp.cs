using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MovieSir.Data.Accounts;

/// <summary>An account that waits for the code that was mailed. It belongs to the browser that asked, not to the e-mail.</summary>
public sealed class SignUp
{
    public Guid SignUpId { get; set; }

    /// <summary>SHA-256 of the browser's cookie.</summary>
    public required byte[] BindingHash { get; set; }

    public Realm Realm { get; set; }

    public required string Email { get; set; }

    public required string EmailKey { get; set; }

    /// <summary>A traveller's nickname, or the name of a member's new company.</summary>
    public required string Name { get; set; }

    public required string PasswordHash { get; set; }

    public Language Language { get; set; }

    /// <summary>HMAC of the code under the browser's cookie. None where the e-mail has an account: then no code is right.</summary>
    public byte[]? CodeHash { get; set; }

    public int TriesLeft { get; set; }

    public DateTimeOffset SentAt { get; set; }

    public DateTimeOffset ExpiresAt { get; set; }
}

internal sealed class SignUpConfiguration : IEntityTypeConfiguration<SignUp>
{
    public void Configure(EntityTypeBuilder<SignUp> builder)
    {
        builder.ToTable("sign_ups", Schemas.Accounts);
        builder.HasKey(s => s.SignUpId);
        builder.HasIndex(s => s.BindingHash).IsUnique();
        builder.HasIndex(s => s.ExpiresAt);
        builder.Property(s => s.Realm).HasConversion<string>().HasMaxLength(20);
        builder.Property(s => s.Email).HasMaxLength(254);
        builder.Property(s => s.EmailKey).HasMaxLength(400);
        builder.Property(s => s.Name).HasMaxLength(200);
        builder.Property(s => s.PasswordHash).HasMaxLength(200);
        builder.Property(s => s.Language).HasConversion<string>().HasMaxLength(2);
    }
}
