using MovieSir.Data.Accounts;

namespace MovieSir.Api.Accounts.Devices;

/// <summary>How the accounts of one surface are signed in.</summary>
/// <param name="Realm">Whose accounts they are.</param>
/// <param name="AccessCookie">Name of the cookie that proves a sign-in for some minutes, without its prefix.</param>
/// <param name="RefreshCookie">Name of the cookie that renews it.</param>
internal sealed record SignInScheme(Realm Realm, string AccessCookie, string RefreshCookie);

/// <summary>What a call's cookies say.</summary>
internal abstract record SignInState
{
    /// <summary>Nobody is signed in.</summary>
    public sealed record None : SignInState;

    /// <summary>Somebody may be: the call has to be made again after a renewal.</summary>
    public sealed record Expired : SignInState;

    public sealed record Active(Guid SignInId, Guid AccountId) : SignInState;
}

/// <summary>A device, as its owner sees it.</summary>
internal sealed record SignInInfo(Guid SignInId, string Device, DateTimeOffset CreatedAt, DateTimeOffset LastSeenAt);
