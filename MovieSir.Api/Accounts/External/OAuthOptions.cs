using System.ComponentModel.DataAnnotations;

namespace MovieSir.Api.Accounts.External;

/// <summary>Other services by which members of companies may sign in. One whose id and secret are not set is not offered.</summary>
internal sealed class OAuthOptions : IValidatableObject
{
    public const string Section = "OAuth";

    /// <summary>The id that Google gave this service.</summary>
    public string GoogleClientId { get; set; } = "";

    /// <summary>The secret that belongs to it.</summary>
    public string GoogleClientSecret { get; set; } = "";

    /// <summary>Google's OpenID issuer.</summary>
    [Required, Url]
    public string GoogleIssuer { get; set; } = "https://accounts.google.com";

    /// <summary>The id that GitHub gave this service.</summary>
    public string GitHubClientId { get; set; } = "";

    /// <summary>The secret that belongs to it.</summary>
    public string GitHubClientSecret { get; set; } = "";

    /// <summary>Where people sign in to GitHub.</summary>
    [Required, Url]
    public string GitHubAddress { get; set; } = "https://github.com";

    /// <summary>GitHub's API.</summary>
    [Required, Url]
    public string GitHubApiAddress { get; set; } = "https://api.github.com";

    /// <summary>How long a call to such a service may take.</summary>
    [Range(1, 60)]
    public int TimeoutSeconds { get; set; } = 10;

    public bool HasGoogle => GoogleClientId.Length > 0;

    public bool HasGitHub => GitHubClientId.Length > 0;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var (name, id, secret) in new[]
        {
            ("Google", GoogleClientId, GoogleClientSecret), ("GitHub", GitHubClientId, GitHubClientSecret),
        })
        {
            if (id.Length > 0 != secret.Length > 0)
            {
                yield return new ValidationResult(
                    $"{Section}:{name}ClientId and {Section}:{name}ClientSecret belong together: set both, or neither.");
            }
        }
    }
}
