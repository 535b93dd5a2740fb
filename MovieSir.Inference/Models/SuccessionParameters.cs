using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MovieSir.Inference.Models;

/// <summary>
/// How successors are counted: where a user liked movie i and, d places later, movie j, this adds e^(−d / <see cref="Reach"/>) to i → j and
/// <see cref="Backward"/> times as much to j → i; divided by √(n_i n_j) + <see cref="Shrinkage"/>, n being the likes of a movie.
/// </summary>
internal sealed record SuccessionParameters
{
    public const string Section = "succession";

    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Places after which a successor counts 1/e.</summary>
    [Range(1.0, 1e6)]
    public float Reach { get; init; } = 30f;

    /// <summary>0 counts only what came later, 1 makes the order of likes meaningless.</summary>
    [Range(0.0, 1.0)]
    public float Backward { get; init; }

    /// <summary>Draws movies of few likes toward no successors.</summary>
    [Range(0.0, 1e6)]
    public float Shrinkage { get; init; } = 8f;

    /// <summary>Successors that are kept of a movie, the strongest.</summary>
    [Range(1, 10_000)]
    public int Kept { get; init; } = 1000;

    /// <summary>The profile's movie at rank r from the newest weighs (1 + r)^−exponent.</summary>
    [Range(0.0, 5.0)]
    public float RecencyExponent { get; init; } = 0.7f;

    /// <summary>Movies that are liked by the same users, whichever came first.</summary>
    public static SuccessionParameters WithoutOrder { get; } = new() { Reach = 10_000f, Backward = 1f };

    /// <summary>Of a model version's hyperparameters, where they stand under <see cref="Section"/>; the defaults where there are none.</summary>
    /// <exception cref="JsonException">The text is not a JSON object, or a value has the wrong type.</exception>
    /// <exception cref="ValidationException">A value is out of its range.</exception>
    public static SuccessionParameters FromJson(string json) =>
        JsonNode.Parse(json) is JsonObject all && all[Section] is { } own
            ? own.Deserialize<SuccessionParameters>(Json)?.Validated() ?? throw new JsonException("Succession parameters are null.")
            : new SuccessionParameters();

    public JsonNode ToJson() => JsonSerializer.SerializeToNode(this, Json)!;

    /// <exception cref="ValidationException">A value is out of its range.</exception>
    public SuccessionParameters Validated()
    {
        Validator.ValidateObject(this, new ValidationContext(this), validateAllProperties: true);
        return this;
    }
}
