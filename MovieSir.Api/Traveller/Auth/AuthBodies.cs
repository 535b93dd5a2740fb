using System.ComponentModel.DataAnnotations;
using MovieSir.Api.Accounts;
using MovieSir.Api.Accounts.Passwords;

namespace MovieSir.Api.Traveller.Auth;

/// <summary>What somebody signs in with.</summary>
public sealed record SignInBody
{
    [Required, StringLength(EmailAddress.MaximumLength)]
    public string? Email { get; init; }

    [Required, StringLength(PasswordRules.Longest)]
    public string? Password { get; init; }

    /// <summary>Whether the browser keeps the sign-in when it is closed.</summary>
    public bool RememberMe { get; init; } = true;
}

/// <summary>Whose password is to be set anew.</summary>
public sealed record ResetRequestBody
{
    [Required, StringLength(EmailAddress.MaximumLength)]
    public string? Email { get; init; }
}

/// <summary>The token of a link, and the new password.</summary>
public sealed record ResetConfirmBody
{
    [Required, StringLength(128)]
    public string? Token { get; init; }

    [Required, StringLength(PasswordRules.Longest, MinimumLength = PasswordRules.Shortest)]
    public string? Password { get; init; }
}

/// <summary>A device on which the traveller is signed in.</summary>
internal sealed record DeviceAnswer(Guid SessionId, string Device, DateTimeOffset CreatedAt, DateTimeOffset LastSeenAt, bool Current);

internal sealed record DeviceList(IReadOnlyList<DeviceAnswer> Sessions);
