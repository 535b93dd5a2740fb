using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MovieSir.Data.Accounts;

/// <summary>One device on which an account is signed in. It ends by deletion, and its refresh tokens with it.</summary>
public sealed class SignIn
{
    public Guid SignInId { get; set; }

    public Guid AccountId { get; set; }

    /// <summary>Browser and system, for the owner to tell devices apart.</summary>
    public required string Device { get; set; }

    /// <summary>Whether the browser keeps its cookies when it is closed.</summary>
    public bool IsRemembered { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset LastSeenAt { get; set; }

    public DateTimeOffset ExpiresAt { get; set; }

    public Account? Account { get; set; }
}

internal sealed class SignInConfiguration : IEntityTypeConfiguration<SignIn>
{
    public void Configure(EntityTypeBuilder<SignIn> builder)
    {
        builder.ToTable("sign_ins", Schemas.Accounts);
        builder.HasKey(s => s.SignInId);
        builder.HasIndex(s => s.ExpiresAt);
        builder.Property(s => s.Device).HasMaxLength(80);
        builder.HasOne(s => s.Account).WithMany().HasForeignKey(s => s.AccountId).OnDelete(DeleteBehavior.Cascade);
    }
}
