using System.Text.Json;
using System.Text.Json.Nodes;
using MovieSir.Inference.Models;
using MovieSir.Inference.Offline.Datasets;
using MovieSir.Inference.Offline.Learn;

namespace MovieSir.Inference.Offline.Train;

/// <summary>
/// What a model was made from, as <c>model_versions.hyperparameters</c> keeps it: the parameters, the features that its forest asks for, how its
/// signals were computed, the encoder whose embeddings were one of them, and a digest of the data.
/// </summary>
internal sealed record TrainingRecord(HybridParameters Parameters, string DataSha256, int Ratings, int Users, TrainingEncoder? Encoder)
{
    private const string EncoderField = "encoder";
    private const string TrainingData = "training_data";
    private const string Ranking = "ranking";

    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static TrainingRecord Of(HybridParameters parameters, RatingSet ratings, TrainingEncoder? encoder) =>
        new(parameters, Convert.ToHexStringLower(ratings.Sha256()), ratings.Count, ratings.UserCount, encoder);

    /// <summary>The encoder that a stored model was trained with. Null where it was trained without embeddings.</summary>
    public static TrainingEncoder? EncoderOf(StoredModel model) =>
        JsonNode.Parse(model.Hyperparameters)![EncoderField].Deserialize<TrainingEncoder?>(Json);

    public string ToJson()
    {
        var json = JsonNode.Parse(Parameters.Ials.ToJson())!.AsObject();
        json[SuccessionParameters.Section] = Parameters.Succession.ToJson();
        json[Ranking] = RankingOf(Parameters);
        Parameters.Scoring.AddTo(json);
        json[EncoderField] = JsonSerializer.SerializeToNode(Encoder, Json);
        json[TrainingData] = new JsonObject { ["sha256"] = DataSha256, ["ratings"] = Ratings, ["users"] = Users };
        return json.ToJsonString();
    }

    /// <summary>Whether a stored model was made from the same data and embeddings with the same parameters.</summary>
    public bool IsOf(StoredModel model)
    {
        var json = JsonDocument.Parse(model.Hyperparameters).RootElement;
        return model.Algorithm == TrainJob.Algorithm
            && json.TryGetProperty(TrainingData, out var data)
            && data.TryGetProperty("sha256", out var sha256)
            && sha256.GetString() == DataSha256
            && EncoderOf(model) == Encoder
            && IalsParameters.FromJson(model.Hyperparameters) == Parameters.Ials
            && SuccessionParameters.FromJson(model.Hyperparameters) == Parameters.Succession
            && ScoringOptions.FromJson(model.Hyperparameters) == Parameters.Scoring
            && JsonNode.DeepEquals(JsonNode.Parse(model.Hyperparameters)![Ranking], RankingOf(Parameters));
    }

    // Of an earlier version of this program they differ, and what it trained cannot be served by this one.
    private static JsonNode RankingOf(HybridParameters parameters) =>
        JsonSerializer.SerializeToNode(new { Features = ForestFeatures.Names, parameters.Forest }, Json)!;
}
