using System.ComponentModel.DataAnnotations;

namespace MovieSir.Inference.Catalog;

/// <summary>What of the database is served, and how changes to it are noticed. Section <c>Catalog</c>.</summary>
internal sealed class CatalogOptions
{
    public const string Section = "Catalog";

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
}
