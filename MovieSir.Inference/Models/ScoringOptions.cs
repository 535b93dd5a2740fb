using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MovieSir.Inference.Models;

/// <summary>
/// Every weight that decides how movies are ranked, in one place, so that they can be learned. Signals are z-scores over the candidates of a request
/// (mean 0, standard deviation 1), so a weight says how many standard deviations of the sum one of the signal is worth. Section <c>Scoring</c>.
/// </summary>
/// <remarks>
/// <c>train</c> reads the section, learns a ranking with it and keeps it in the model version; whoever serves that version uses what it keeps. The
/// section of a serving process counts only while no model is published.
/// </remarks>
internal sealed record ScoringOptions
{
    public const string Section = "Scoring";

    private const string JsonName = "scoring";

    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>
    /// Track A and <c>/rank</c>, what the profile asks for, where the published model has learned no weights of its own. These are about what is
    /// learned on MovieLens.
    /// </summary>
    public SignalWeights Taste { get; set; } = new()
    {
        Sequence = 0.29f,
        Factors = 0.18f,
        Embedding = 0.11f,
        Genres = 0.15f,
        Quality = 0.06f,
        Popularity = 0.08f,
        Year = 0.07f,
    };

    /// <summary>Track B, discovery: what is added to the weights for taste.</summary>
    public SignalWeights Discovery { get; set; } = new() { Genres = -0.25f, Quality = 0.1f, Popularity = -0.6f };

    /// <summary>Track A and <c>/rank</c> for an empty profile: well-voted movies that many have seen.</summary>
    public SignalWeights EmptyProfile { get; set; } = new() { Quality = 0.6f, Popularity = 0.6f };

    /// <summary>Track B for an empty profile.</summary>
    public SignalWeights EmptyProfileDiscovery { get; set; } = new() { Quality = 0.8f, Popularity = 0.2f };

    /// <summary>Ratings at which a movie's factors and their estimate from its embedding weigh the same.</summary>
    [Range(0.0, 1e6)]
    public float ConfidentRatings { get; set; } = 3f;

    /// <summary>Estimate of a movie's factor signal where it has none: this much of its embedding signal, …</summary>
    [Range(0.0, 10.0)]
    public float ColdEmbeddingShare { get; set; } = 0.5f;

    /// <summary>… plus this: an unrated movie is less likely to please than the average rated one.</summary>
    [Range(-10.0, 10.0)]
    public float ColdShift { get; set; } = -0.5f;

    /// <summary>The embedding signal is the mean cosine to this many of the profile's movies, the most similar ones.</summary>
    [Range(1, 20)]
    public int SimilarMovies { get; set; } = 3;

    /// <summary>
    /// Only the newest movies of a profile are compared by embedding, genres and year: it bounds the work, and old taste says less.
    /// </summary>
    [Range(1, 500)]
    public int RecentMovies { get; set; } = 20;

    /// <summary>Of the genres and years of the profile, the movie at rank r from the newest weighs (1 + r)^−exponent.</summary>
    [Range(0.0, 5.0)]
    public float RecencyExponent { get; set; } = 0.5f;

    /// <summary>Only the last of the disliked movies are compared, which bounds the work.</summary>
    [Range(1, 500)]
    public int ComparedDislikes { get; set; } = 50;

    /// <summary>
    /// Standard deviations that a candidate loses for each standard deviation by which its similarity to the nearest disliked movie lies above the
    /// mean. Subtracted, where the first service multiplied by 1 − 0.5 cosine: cosines of unrelated movies differ by encoder (about .2 for one, .8
    /// for another), z-scores do not, and a product has no meaning on sums that can be negative.
    /// </summary>
    [Range(0.0, 10.0)]
    public float DislikeWeight { get; set; } = 1f;

    /// <summary>
    /// What liking a disliked movie would have spoken for, it speaks against: this much, against 1 of the newest movie of the profile.
    /// </summary>
    [Range(0.0, 10.0)]
    public float DislikedSequenceWeight { get; set; } = 0.3f;

    /// <summary>Most that agreement with two or more preferred genres adds to a movie's score, as a share of it.</summary>
    [Range(0.0, 1.0)]
    public float GenreBoost { get; set; } = 0.15f;

    /// <summary>Of a model version's hyperparameters; null where they say nothing of it.</summary>
    /// <exception cref="JsonException">The text is not a JSON object, or a value has the wrong type.</exception>
    /// <exception cref="ValidationException">A value is out of its range.</exception>
    public static ScoringOptions? FromJson(string hyperparameters) =>
        JsonNode.Parse(hyperparameters) is JsonObject all && all[JsonName] is { } own
            ? own.Deserialize<ScoringOptions>(Json)?.Validated() ?? throw new JsonException("Scoring options are null.")
            : null;

    /// <summary>Adds these options to a model version's hyperparameters.</summary>
    public void AddTo(JsonObject hyperparameters) => hyperparameters[JsonName] = JsonSerializer.SerializeToNode(this, Json);

    private ScoringOptions Validated()
    {
        Validator.ValidateObject(this, new ValidationContext(this), validateAllProperties: true);
        return this;
    }
}
