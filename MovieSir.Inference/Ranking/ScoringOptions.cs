using System.ComponentModel.DataAnnotations;

namespace MovieSir.Inference.Ranking;

/// <summary>
/// Every weight that decides how films are ranked, in one place, so that they can be learned. Signals are z-scores over the candidates of a request
/// (mean 0, standard deviation 1), so a weight says how many standard deviations of the sum one of the signal is worth. Section <c>Scoring</c>.
/// </summary>
internal sealed class ScoringOptions
{
    public const string Section = "Scoring";

    /// <summary>Track A, what the viewer's taste asks for.</summary>
    public SignalWeights Taste { get; set; } = new() { Factors = 1f, Embedding = 0.25f, Quality = 0.35f, Popularity = 0.1f };

    /// <summary>Track B, discovery: good and near the taste, but less known.</summary>
    public SignalWeights Discovery { get; set; } = new() { Factors = 0.6f, Embedding = 0.35f, Quality = 0.35f, Popularity = -0.45f };

    /// <summary><c>/rank</c>.</summary>
    public SignalWeights Rank { get; set; } = new() { Factors = 1f, Embedding = 0.1f, Quality = 0.1f, Popularity = 0f };

    /// <summary>Track A and <c>/rank</c> for a viewer of whom nothing is known: well-voted films that many have seen.</summary>
    public SignalWeights UnknownViewer { get; set; } = new() { Quality = 0.6f, Popularity = 0.6f };

    /// <summary>Track B for a viewer of whom nothing is known.</summary>
    public SignalWeights UnknownViewerDiscovery { get; set; } = new() { Quality = 0.8f, Popularity = 0.2f };

    /// <summary>Ratings at which a film's factors and their estimate from its embedding weigh the same.</summary>
    [Range(0.0, 1e6)]
    public float ConfidentRatings { get; set; } = 3f;

    /// <summary>Estimate of a film's factor signal where it has none: this much of its embedding signal, …</summary>
    [Range(0.0, 10.0)]
    public float ColdEmbeddingShare { get; set; } = 0.5f;

    /// <summary>… plus this: an unrated film is less likely to please than the average rated one.</summary>
    [Range(-10.0, 10.0)]
    public float ColdShift { get; set; } = -0.5f;

    /// <summary>The embedding signal is the mean cosine to this many of the profile's films, the most similar ones.</summary>
    [Range(1, 20)]
    public int SimilarFilms { get; set; } = 3;

    /// <summary>Only the newest films of a profile are compared by embedding: it bounds the work, and old taste says less.</summary>
    [Range(1, 500)]
    public int EmbeddingProfileFilms { get; set; } = 20;

    /// <summary>Only the last of the disliked films are compared, which bounds the work.</summary>
    [Range(1, 500)]
    public int ComparedDislikes { get; set; } = 50;

    /// <summary>
    /// Standard deviations that a candidate loses for each standard deviation by which its similarity to the nearest disliked film lies above the mean.
    /// Subtracted, where the first service multiplied by 1 − 0.5 cosine: cosines of unrelated films differ by encoder (about .2 for one, .8 for
    /// another), z-scores do not, and a product has no meaning on sums that can be negative.
    /// </summary>
    [Range(0.0, 10.0)]
    public float DislikeWeight { get; set; } = 0.75f;

    /// <summary>Most that agreement with two or more preferred genres adds to a film's score, as a share of it.</summary>
    [Range(0.0, 1.0)]
    public float GenreBoost { get; set; } = 0.15f;
}

/// <summary>Weights of the signals of one ranking.</summary>
internal sealed class SignalWeights
{
    /// <summary>Viewer folded into the matrix factorisation.</summary>
    public float Factors { get; set; }

    /// <summary>Similarity of the sentence embedding to the profile.</summary>
    public float Embedding { get; set; }

    /// <summary>Damped mean vote.</summary>
    public float Quality { get; set; }

    /// <summary>ln(1 + votes): negative prefers the less known.</summary>
    public float Popularity { get; set; }
}
