using System.ComponentModel.DataAnnotations;

namespace MovieSir.Inference.Catalog;

/// <summary>What of the database is served, and how changes to it are noticed. Section <c>Catalog</c>.</summary>
internal sealed class CatalogOptions
{
    public const string Section = "Catalog";

    private static readonly string[] DefaultRegions = ["KR", "US"];
    private static readonly string[] DefaultTerms = ["flatrate", "free", "ads"];

    /// <summary>Regions (ISO 3166-1 alpha-2) whose streaming services count. Empty: KR and US.</summary>
    public string[] Regions { get; set; } = [];

    /// <summary>Terms of availability that count, as TMDB names them. Empty: all that cost nothing extra (flatrate, free, ads).</summary>
    public string[] Terms { get; set; } = [];

    /// <summary>How often the catalog's revision is compared where no notification arrives.</summary>
    [Range(1, 3600)]
    public int PollSeconds { get; set; } = 30;

    /// <summary>Pause after PostgreSQL failed, before it is tried again.</summary>
    [Range(1, 600)]
    public int RetrySeconds { get; set; } = 5;

    /// <summary>Longest that one query of a load may take.</summary>
    [Range(1, 3600)]
    public int LoadTimeoutSeconds { get; set; } = 300;

    /// <summary>
    /// Memory for likeness by embedding that is made in advance, for the movies with the most votes: two bytes for each of them and each movie.
    /// Profiles that name other movies cost a pass over all embeddings.
    /// </summary>
    [Range(1, 1_000_000)]
    public int SimilarityMegabytes { get; set; } = 256;

    // Not initial values of the properties: the configuration binder appends to an array instead of replacing it.
    public void ApplyDefaults()
    {
        Regions = Regions.Length == 0 ? DefaultRegions : Regions;
        Terms = Terms.Length == 0 ? DefaultTerms : Terms;
    }
}
