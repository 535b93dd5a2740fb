using System.ComponentModel.DataAnnotations;

namespace MovieSir.Api.Accounts.Devices;

/// <summary>How long sign-ins last.</summary>
internal sealed class SignInOptions
{
    public const string Section = "SignIns";

    /// <summary>How long the access cookie proves a sign-in. A sign-in that is ended is refused at once all the same.</summary>
    [Range(1, 60)]
    public int AccessMinutes { get; set; } = 15;

    /// <summary>How many days a remembered sign-in lasts without a call.</summary>
    [Range(1, 365)]
    public int RememberedDays { get; set; } = 30;

    /// <summary>How many hours another one lasts without a call.</summary>
    [Range(1, 168)]
    public int IdleHours { get; set; } = 12;

    /// <summary>For how many seconds a refresh token that was used gives its successor once more: two tabs may renew at once.</summary>
    [Range(0, 60)]
    public int GraceSeconds { get; set; } = 10;

    /// <summary>Devices that one account may be signed in on. The one that was seen least lately gives way.</summary>
    [Range(1, 1000)]
    public int PerAccount { get; set; } = 20;
}
