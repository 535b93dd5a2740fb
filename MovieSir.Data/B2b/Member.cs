using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using MovieSir.Data.Accounts;

namespace MovieSir.Data.B2b;

/// <summary>What a member may do. Each may do what those before it may.</summary>
public enum MemberRole
{
    /// <summary>Reads.</summary>
    Viewer,

    /// <summary>Also writes keys and content rules.</summary>
    Developer,

    /// <summary>Also writes members and the company.</summary>
    Owner,
}

/// <summary>A person of a company who uses the console. One account belongs to one company.</summary>
public sealed class Member
{
    public Guid MemberId { get; set; }

    public Guid CompanyId { get; set; }

    public Guid AccountId { get; set; }

    public MemberRole Role { get; set; }

    /// <summary>Whether the member looks after the service itself: all companies and travellers.</summary>
    public bool IsAdministrator { get; set; }

    public DateTimeOffset JoinedAt { get; set; }

    /// <summary>To the hour.</summary>
    public DateTimeOffset? LastSeenAt { get; set; }

    public Company? Company { get; set; }

    public Account? Account { get; set; }

    /// <summary>A member that joins now.</summary>
    public static Member New(Guid companyId, Guid accountId, MemberRole role, DateTimeOffset now) => new()
    {
        MemberId = Guid.CreateVersion7(now),
        CompanyId = companyId,
        AccountId = accountId,
        Role = role,
        JoinedAt = now,
    };
}

internal sealed class MemberConfiguration : IEntityTypeConfiguration<Member>
{
    public void Configure(EntityTypeBuilder<Member> builder)
    {
        builder.ToTable("members", Schemas.B2b);
        builder.HasKey(m => m.MemberId);
        builder.HasIndex(m => m.AccountId).IsUnique();
        builder.HasIndex(m => m.CompanyId);
        builder.Property(m => m.Role).HasConversion<string>().HasMaxLength(20);
        builder.HasOne(m => m.Company).WithMany().HasForeignKey(m => m.CompanyId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne(m => m.Account).WithOne().HasForeignKey<Member>(m => m.AccountId).OnDelete(DeleteBehavior.Cascade);
    }
}
