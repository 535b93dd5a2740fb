using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MovieSir.Data.B2c;

/// <summary>One of the two, and the movies that speak for them.</summary>
internal sealed class GroupMember
{
    public required string GroupId { get; set; }

    /// <summary>1 for who made the group, 2 for who joined. A third finds no place.</summary>
    public short Place { get; set; }

    public Guid TravellerId { get; set; }

    /// <summary>None: the traveller's own profile speaks.</summary>
    public int[] MovieIds { get; set; } = [];
}

internal sealed class GroupMemberConfiguration : IEntityTypeConfiguration<GroupMember>
{
    public void Configure(EntityTypeBuilder<GroupMember> builder)
    {
        builder.ToTable("group_members", Schemas.B2c);
        builder.HasKey(m => new { m.GroupId, m.Place });
        builder.HasIndex(m => new { m.GroupId, m.TravellerId }).IsUnique();
        builder.HasOne<Group>().WithMany().HasForeignKey(m => m.GroupId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Traveller>().WithMany().HasForeignKey(m => m.TravellerId).OnDelete(DeleteBehavior.Cascade);
    }
}
