using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MovieSir.Data.B2b;

/// <summary>Asks somebody by mail to become a member of a company. It is deleted when it is accepted or withdrawn.</summary>
public sealed class Invitation
{
    public Guid InvitationId { get; set; }

    public Guid CompanyId { get; set; }

    /// <summary>As it was written.</summary>
    public required string Email { get; set; }

    /// <summary>The address in the form in which two are compared.</summary>
    public required string EmailKey { get; set; }

    public MemberRole Role { get; set; }

    /// <summary>SHA-256 of the mailed link's token.</summary>
    public required byte[] TokenHash { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset ExpiresAt { get; set; }

    public Company? Company { get; set; }
}

internal sealed class InvitationConfiguration : IEntityTypeConfiguration<Invitation>
{
    public void Configure(EntityTypeBuilder<Invitation> builder)
    {
        builder.ToTable("invitations", Schemas.B2b);
        builder.HasKey(i => i.InvitationId);
        builder.HasIndex(i => i.TokenHash).IsUnique();
        builder.HasIndex(i => new { i.CompanyId, i.EmailKey }).IsUnique();
        builder.HasIndex(i => i.ExpiresAt);
        builder.Property(i => i.Email).HasMaxLength(254);
        builder.Property(i => i.EmailKey).HasMaxLength(400);
        builder.Property(i => i.Role).HasConversion<string>().HasMaxLength(20);
        builder.HasOne(i => i.Company).WithMany().HasForeignKey(i => i.CompanyId).OnDelete(DeleteBehavior.Cascade);
    }
}
