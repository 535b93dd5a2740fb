using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MovieSir.Data.Accounts;

/// <summary>Whose accounts they are: the same e-mail may have one in each.</summary>
public enum Realm
{
    /// <summary>Travellers, in the web app.</summary>
    Traveller,

    /// <summary>Members of companies, in the console.</summary>
    Member,
}

/// <summary>The languages that pages and mails are in.</summary>
public enum Language
{
    /// <summary>Korean.</summary>
    Ko,

    /// <summary>English.</summary>
    En,
}

/// <summary>An e-mail address that was confirmed, and the password that opens it.</summary>
public sealed class Account
{
    public Guid AccountId { get; set; }

    public Realm Realm { get; set; }

    /// <summary>As the person wrote it.</summary>
    public required string Email { get; set; }

    /// <summary>The address in the form in which two are compared.</summary>
    public required string EmailKey { get; set; }

    /// <summary>Argon2id, as a PHC string: parameters, salt and hash. None: no password opens the account.</summary>
    public string? PasswordHash { get; set; }

    /// <summary>Language of mails.</summary>
    public Language Language { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>When its owner deleted it. It can be restored until the erasure.</summary>
    public DateTimeOffset? DeletedAt { get; set; }

    /// <summary>Set while an administrator has switched the account off: nobody is signed in to it. Can be undone.</summary>
    public DateTimeOffset? SuspendedAt { get; set; }

    /// <summary>An account that begins now.</summary>
    /// <param name="realm">Whose.</param>
    /// <param name="email">As the person wrote it.</param>
    /// <param name="emailKey">As it is compared.</param>
    /// <param name="passwordHash">Null: no password opens it yet.</param>
    /// <param name="language">Of mails.</param>
    /// <param name="now">When.</param>
    public static Account New(
        Realm realm, string email, string emailKey, string? passwordHash, Language language, DateTimeOffset now) => new()
        {
            AccountId = Guid.CreateVersion7(now),
            Realm = realm,
            Email = email,
            EmailKey = emailKey,
            PasswordHash = passwordHash,
            Language = language,
            CreatedAt = now,
        };
}

internal sealed class AccountConfiguration : IEntityTypeConfiguration<Account>
{
    public void Configure(EntityTypeBuilder<Account> builder)
    {
        builder.ToTable("accounts", Schemas.Accounts);
        builder.HasKey(a => a.AccountId);
        builder.HasIndex(a => new { a.Realm, a.EmailKey }).IsUnique();
        builder.HasIndex(a => a.DeletedAt).HasFilter("deleted_at IS NOT NULL");
        builder.Property(a => a.Realm).HasConversion<string>().HasMaxLength(20);
        builder.Property(a => a.Email).HasMaxLength(254);
        builder.Property(a => a.EmailKey).HasMaxLength(400);
        builder.Property(a => a.PasswordHash).HasMaxLength(200);
        builder.Property(a => a.Language).HasConversion<string>().HasMaxLength(2);
    }
}
