using MovieSir.Inference.Offline.Datasets;

namespace MovieSir.Inference.Offline.Evaluate.Rankers;

/// <summary>A method, fitted to the users it may learn from. For any number of threads.</summary>
internal interface IRanker
{
    /// <summary>Name in tables.</summary>
    string Name { get; }

    /// <param name="one">Whose profile, oldest first, some of it perhaps unknown to the method. What they liked later is not for rankers.</param>
    /// <param name="scores">One a candidate, all zero; receives a score each, higher is better.</param>
    void Score(EvaluationCase one, Span<float> scores);
}
