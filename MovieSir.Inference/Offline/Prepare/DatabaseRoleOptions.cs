using System.ComponentModel.DataAnnotations;
using MovieSir.Data;

namespace MovieSir.Inference.Offline.Prepare;

/// <summary>
/// Configuration section <c>DatabaseRoles</c>: passwords of the roles that the services connect as. Where none is given, no role is made, and the
/// services share the connection string that they are given.
/// </summary>
internal sealed class DatabaseRoleOptions
{
    public const string Section = "DatabaseRoles";

    // The password travels through connection strings, shells and .env files unquoted.
    private const string LettersAndDigits = "^[A-Za-z0-9]{16,128}$";
    private const string Wanted = "DatabaseRoles:{0} takes 16 to 128 letters and digits.";

    /// <summary>Of <see cref="DatabaseRoles.Api"/>.</summary>
    [RegularExpression(LettersAndDigits, ErrorMessage = Wanted)]
    public string? ApiPassword { get; set; }

    /// <summary>Of <see cref="DatabaseRoles.Inference"/>.</summary>
    [RegularExpression(LettersAndDigits, ErrorMessage = Wanted)]
    public string? InferencePassword { get; set; }

    public IReadOnlyDictionary<string, string?> Passwords => new Dictionary<string, string?>
    {
        [DatabaseRoles.Api] = NullIfEmpty(ApiPassword),
        [DatabaseRoles.Inference] = NullIfEmpty(InferencePassword),
    };

    private static string? NullIfEmpty(string? password) => string.IsNullOrEmpty(password) ? null : password;
}
