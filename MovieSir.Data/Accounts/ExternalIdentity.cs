using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MovieSir.Data.Accounts;

/// <summary>Somebody at another service, who may sign in to an account here. That service never gives a subject to another person.</summary>
public sealed class ExternalIdentity
{
    public Guid AccountId { get; set; }

    /// <summary><c>google</c> or <c>github</c>.</summary>
    public required string Provider { get; set; }

    /// <summary>The account's realm: nobody there has two accounts of one realm here.</summary>
    public Realm Realm { get; set; }

    public required string Subject { get; set; }

    /// <summary>The e-mail there when it was linked, to be shown. It proves nothing.</summary>
    public required string Email { get; set; }

    public DateTimeOffset LinkedAt { get; set; }

    public Account? Account { get; set; }
}

internal sealed class ExternalIdentityConfiguration : IEntityTypeConfiguration<ExternalIdentity>
{
    public void Configure(EntityTypeBuilder<ExternalIdentity> builder)
    {
        builder.ToTable("external_identities", Schemas.Accounts);
        builder.HasKey(identity => new { identity.AccountId, identity.Provider });
        builder.HasIndex(identity => new { identity.Realm, identity.Provider, identity.Subject }).IsUnique();
        builder.Property(identity => identity.Provider).HasMaxLength(20);
        builder.Property(identity => identity.Realm).HasConversion<string>().HasMaxLength(20);
        builder.Property(identity => identity.Subject).HasMaxLength(255);
        builder.Property(identity => identity.Email).HasMaxLength(254);
        builder.HasOne(identity => identity.Account).WithMany().HasForeignKey(identity => identity.AccountId).OnDelete(DeleteBehavior.Cascade);
    }
}
