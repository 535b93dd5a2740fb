using System.Text.Json;
using System.Text.Json.Serialization;

namespace MovieSir.Inference.Models;

/// <summary>How a model version ranks, learned on users that its signals were not trained on.</summary>
internal sealed record LearnedRanking
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>Of the signals, for a viewer's taste.</summary>
    public required SignalWeights Weights { get; init; }

    /// <summary>Names of the forest's features, <see cref="ForestFeatures.Names"/> of the code that trained it.</summary>
    public IReadOnlyList<string> Features { get; init; } = [];

    /// <summary>Orders the head of a ranking anew. Null where there were too few users to learn it.</summary>
    public ObliviousForest? Forest { get; init; }

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <exception cref="InvalidModelException">It cannot be read, or must not be served.</exception>
    public static LearnedRanking FromJson(string json)
    {
        try
        {
            var ranking = JsonSerializer.Deserialize<LearnedRanking>(json, Json) ?? throw new InvalidModelException("The learned ranking is null.");
            return ranking.Fault() is { } fault ? throw new InvalidModelException($"The learned ranking cannot be used: {fault}.") : ranking;
        }
        catch (JsonException exception)
        {
            throw new InvalidModelException($"The learned ranking cannot be read: {exception.Message}");
        }
    }

    private string? Fault()
    {
        if (Enum.GetValues<Signal>().Any(signal => !float.IsFinite(Weights[signal])))
        {
            return "a weight is not finite";
        }

        if (Forest is null)
        {
            return null;
        }

        return Features.SequenceEqual(ForestFeatures.Names)
            ? Forest.Fault(Features.Count)
            : "it was trained on other features than this version computes: train again";
    }
}
