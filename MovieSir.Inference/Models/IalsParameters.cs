using System.ComponentModel.DataAnnotations;
using System.Text.Json;

namespace MovieSir.Inference.Models;

/// <summary>
/// How an implicit-feedback ALS model is trained and how a user is folded into it. The loss is that of Rendle, Krichene, Zhang and Koren,
/// "Revisiting the Performance of iALS on Item Recommendation Benchmarks" (RecSys 2022):
/// Σ over positives (⟨w_u, h_i⟩ − 1)² + α₀ Σ over all pairs ⟨w_u, h_i⟩² + λ (Σ_u (n_u + α₀|I|)^ν ‖w_u‖² + Σ_i (n_i + α₀|U|)^ν ‖h_i‖²).
/// Stored as JSON with snake_case names in <c>model_versions.hyperparameters</c>; names that it does not know are left to others.
/// </summary>
internal sealed record IalsParameters
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        PropertyNameCaseInsensitive = false,
    };

    /// <summary>Number of latent factors, d.</summary>
    [Range(1, 1024)]
    public int Dimension { get; init; } = 128;

    /// <summary>α₀: weight of a pair that was not observed, against 1 of a positive.</summary>
    [Range(1e-6, 1e3)]
    public float UnobservedWeight { get; init; } = 0.1f;

    /// <summary>λ.</summary>
    [Range(1e-9, 1e3)]
    public float Regularization { get; init; } = 0.007f;

    /// <summary>ν: 1 scales the regularization of a user or an item by its frequency, 0 treats all alike.</summary>
    [Range(0.0, 2.0)]
    public float FrequencyExponent { get; init; } = 1f;

    [Range(1, 1000)]
    public int Epochs { get; init; } = 8;

    public int Seed { get; init; } = 20221;

    /// <summary>At fold-in, the movie at rank r from the newest (0) weighs (1 + r)^−exponent. Training itself knows no order.</summary>
    [Range(0.0, 5.0)]
    public float RecencyExponent { get; init; } = 0.5f;

    /// <summary>A rating of at least this much is a positive; what lies below is as good as not observed.</summary>
    [Range(0.5, 5.0)]
    public float PositiveThreshold { get; init; } = 4f;

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <exception cref="JsonException">The text is not a JSON object, or a value has the wrong type.</exception>
    /// <exception cref="ValidationException">A value is out of its range.</exception>
    public static IalsParameters FromJson(string json)
    {
        var parameters = JsonSerializer.Deserialize<IalsParameters>(json, Json) ?? throw new JsonException("iALS parameters are null.");
        return parameters.Validated();
    }

    /// <summary>
    /// The factor λ (n + α₀ m)^ν that regularizes a vector with <paramref name="positives"/> of <paramref name="others"/> counterparts.
    /// </summary>
    public float RegularizationOf(float positives, int others) =>
        Regularization * MathF.Pow(positives + (UnobservedWeight * others), FrequencyExponent);

    /// <exception cref="ValidationException">A value is out of its range.</exception>
    public IalsParameters Validated()
    {
        Validator.ValidateObject(this, new ValidationContext(this), validateAllProperties: true);
        return this;
    }
}
