using MovieSir.Inference.Offline.Datasets;

namespace MovieSir.Tests.Inference.Offline.Evaluate;

internal static class EvaluationCases
{
    /// <summary>Somebody with a profile and nothing else.</summary>
    public static EvaluationCase Of(params int[] profile) => new(new UserKey(1, 1), profile, profile, []);
}
