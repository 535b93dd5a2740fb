using Microsoft.AspNetCore.Authentication;

namespace MovieSir.Api.Accounts.External;

/// <summary>Somebody who has signed in at another service.</summary>
/// <param name="Provider">The service.</param>
/// <param name="Subject">Who it is there.</param>
/// <param name="Email">The e-mail that the service knows; null: none.</param>
/// <param name="IsVerified">Whether the service has seen that the e-mail is theirs.</param>
internal sealed record ExternalPerson(string Provider, string Subject, string? Email, bool IsVerified);

/// <summary>Why a sign-in at another service came to nothing. Pages know the words for each.</summary>
internal enum ExternalFailure
{
    /// <summary>The person said no there.</summary>
    Denied,

    /// <summary>It took too long, was begun in another browser, or was used before.</summary>
    Expired,

    /// <summary>The service cannot be reached, or answers what it must not.</summary>
    Unavailable,

    /// <summary>The service does not vouch for an e-mail.</summary>
    EmailUnverified,

    /// <summary>The e-mail has an account that is not linked.</summary>
    AccountExists,

    /// <summary>The person there is linked to another account.</summary>
    LinkedElsewhere,

    /// <summary>The account was switched off.</summary>
    Suspended,

    /// <summary>The company was switched off.</summary>
    CompanyDeactivated,

    /// <summary>The one who wanted to link has signed out meanwhile.</summary>
    SignedOut,
}

/// <summary>Goes on where another service's sign-in ends. Both answer the address that the browser goes to.</summary>
internal interface IExternalSignInReceiver
{
    Task<string> ReceiveAsync(HttpContext http, ExternalPerson person, AuthenticationProperties started);

    string AddressOf(ExternalFailure failure, string provider);
}
