using System.ComponentModel.DataAnnotations;
using MovieSir.Api.Accounts.Devices;
using MovieSir.Api.Accounts.Passwords;

namespace MovieSir.Api.Accounts;

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

/// <summary>The code of the mail.</summary>
public sealed record CodeBody
{
    [Required, RegularExpression("^[0-9]{6}$")]
    public string? Code { get; init; }
}

/// <summary>A code is on its way.</summary>
/// <param name="Email">Where to.</param>
/// <param name="ExpiresIn">Seconds until it ends.</param>
/// <param name="ResendAfter">Seconds until another may be asked for.</param>
internal sealed record SignUpAnswer(string Email, int ExpiresIn, int ResendAfter);

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

/// <summary>A device on which somebody is signed in.</summary>
internal sealed record DeviceAnswer(Guid SessionId, string Device, DateTimeOffset CreatedAt, DateTimeOffset LastSeenAt, bool Current);

internal sealed record DeviceList(IReadOnlyList<DeviceAnswer> Sessions)
{
    /// <param name="devices">Of one account.</param>
    /// <param name="current">The one that asks.</param>
    public static DeviceList Of(IEnumerable<SignInInfo> devices, Guid? current) => new(
        [.. devices.Select(device => new DeviceAnswer(
            device.SignInId, device.Device, device.CreatedAt, device.LastSeenAt, device.SignInId == current))]);
}
