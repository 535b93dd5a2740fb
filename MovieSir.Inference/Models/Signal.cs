namespace MovieSir.Inference.Models;

/// <summary>What speaks for a movie. Each is a z-score over the movies that are scored together; see docs/architecture/ranking.md.</summary>
internal enum Signal
{
    /// <summary>What viewers went on to like after the movies of the profile.</summary>
    Sequence,

    /// <summary>Viewer folded into the matrix factorization.</summary>
    Factors,

    /// <summary>Similarity of the sentence embedding to the profile.</summary>
    Embedding,

    /// <summary>Similarity of the genres to the profile's.</summary>
    Genres,

    /// <summary>Damped mean vote.</summary>
    Quality,

    /// <summary>ln(1 + votes and ratings).</summary>
    Popularity,

    /// <summary>Year of release.</summary>
    Year,
}

internal static class Signals
{
    public static int Count { get; } = Enum.GetValues<Signal>().Length;
}
