using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.DependencyInjection;

namespace MovieSir.ServiceDefaults;

/// <summary>Which offers of a streaming service count as carrying a movie. The engine and the API read the same section.</summary>
public sealed class AvailabilityOptions : IValidatableObject
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Availability";

    private static readonly string[] DefaultRegions = ["KR", "US"];
    private static readonly string[] DefaultTerms = ["flatrate", "free", "ads"];

    // Empty by default: the configuration binder appends to an array instead of replacing it.

    /// <summary>Regions (ISO 3166-1 alpha-2) whose streaming services count. Empty: KR and US.</summary>
    public string[] Regions { get; set; } = [];

    /// <summary>Terms of an offer that count, as TMDB names them. Empty: all that cost nothing extra (flatrate, free, ads).</summary>
    public string[] Terms { get; set; } = [];

    /// <summary>The regions that count.</summary>
    public string[] CountedRegions => Regions.Length > 0 ? Regions : DefaultRegions;

    /// <summary>The terms that count.</summary>
    public string[] CountedTerms => Terms.Length > 0 ? Terms : DefaultTerms;

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Regions.FirstOrDefault(region => region.Length != 2 || !region.All(char.IsAsciiLetterUpper)) is { } wrong)
        {
            yield return new ValidationResult(
                $"{Section}:Regions holds '{wrong}', which is no region: two capital letters (ISO 3166-1), as KR.", [nameof(Regions)]);
        }
    }
}

/// <summary>Registers <see cref="AvailabilityOptions"/>.</summary>
public static class AvailabilityExtensions
{
    /// <summary>Binds the section and checks it at start.</summary>
    public static IServiceCollection AddAvailability(this IServiceCollection services)
    {
        services.AddOptions<AvailabilityOptions>().BindConfiguration(AvailabilityOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        return services;
    }
}
