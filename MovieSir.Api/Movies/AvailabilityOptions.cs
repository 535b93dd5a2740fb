using System.ComponentModel.DataAnnotations;

namespace MovieSir.Api.Movies;

/// <summary>Which availability counts as carrying a movie: the same setting, and the same section <c>Catalog</c>, as the engine's.</summary>
internal sealed class AvailabilityOptions : IValidatableObject
{
    private static readonly string[] DefaultRegions = ["KR", "US"];
    private static readonly string[] DefaultTerms = ["flatrate", "free", "ads"];

    /// <summary>Regions (ISO 3166-1 alpha-2). Empty: KR and US.</summary>
    public string[] Regions { get; set; } = [];

    /// <summary>Terms as TMDB names them. Empty: flatrate, free and ads.</summary>
    public string[] Terms { get; set; } = [];

    public string[] CountedRegions => Regions.Length > 0 ? Regions : DefaultRegions;

    public string[] CountedTerms => Terms.Length > 0 ? Terms : DefaultTerms;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Regions.Any(region => region.Length != 2))
        {
            yield return new ValidationResult("Catalog:Regions holds something that is no two-letter region.", [nameof(Regions)]);
        }
    }
}
