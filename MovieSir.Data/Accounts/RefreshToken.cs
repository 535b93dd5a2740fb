using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MovieSir.Data.Accounts;

/// <summary>A token that is exchanged once for the next one of its family, which is the sign-in.</summary>
public sealed class RefreshToken
{
    /// <summary>SHA-256 of the token.</summary>
    public required byte[] TokenHash { get; set; }

    public Guid SignInId { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset? UsedAt { get; set; }

    /// <summary>With the token itself it makes its successor, so that whoever holds the token can be given the same successor again.</summary>
    public byte[]? SuccessorSalt { get; set; }

    public SignIn? SignIn { get; set; }
}

internal sealed class RefreshTokenConfiguration : IEntityTypeConfiguration<RefreshToken>
{
    public void Configure(EntityTypeBuilder<RefreshToken> builder)
    {
        builder.ToTable("refresh_tokens", Schemas.Accounts);
        builder.HasKey(t => t.TokenHash);
        builder.HasOne(t => t.SignIn).WithMany().HasForeignKey(t => t.SignInId).OnDelete(DeleteBehavior.Cascade);
    }
}
