namespace MovieSir.Inference.Evaluation;

/// <summary>A method, fitted to the users it may learn from. For any number of threads.</summary>
internal interface IRanker
{
    /// <summary>Name in tables.</summary>
    string Name { get; }

    /// <param name="profile">TMDB ids that a user liked, oldest first. Some may be unknown to the method.</param>
    /// <param name="scores">One a candidate, all zero; receives a score each, higher is better.</param>
    void Score(ReadOnlySpan<int> profile, Span<float> scores);
}
