using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MovieSir.Data.B2c;

/// <summary>Two people who look for movies together, for a day.</summary>
internal sealed class Group
{
    /// <summary>Random: whoever has it may join.</summary>
    public required string GroupId { get; set; }

    public DateTimeOffset ExpiresAt { get; set; }
}

internal sealed class GroupConfiguration : IEntityTypeConfiguration<Group>
{
    public void Configure(EntityTypeBuilder<Group> builder)
    {
        builder.ToTable("groups", Schemas.B2c);
        builder.HasKey(g => g.GroupId);
        builder.HasIndex(g => g.ExpiresAt);
        builder.Property(g => g.GroupId).HasMaxLength(32);
    }
}
