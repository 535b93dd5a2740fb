namespace MovieSir.Inference.Engine.Ranking;

/// <summary>
/// The buffers in which one call scores its candidates, a type for each stage. They are kept for the next call and hold nothing to be cleared.
/// </summary>
internal sealed class ScoringScratch
{
    /// <summary>Whom the call is for.</summary>
    public Profile Profile { get; } = new();

    /// <summary>What it may answer.</summary>
    public Candidates Candidates { get; } = new();

    /// <summary>What speaks for each of them.</summary>
    public SignalTable Signals { get; } = new();

    /// <summary>Those of them that a signal knows.</summary>
    public KnownCandidates Known { get; } = new();

    /// <summary>The profile among the factors.</summary>
    public FoldedProfile Folded { get; } = new();

    /// <summary>What followed the profile's movies.</summary>
    public SequenceSums Sequence { get; } = new();

    /// <summary>The profile's genres.</summary>
    public GenreTaste Genres { get; } = new();

    /// <summary>The head of the ranking, as the forest sees it.</summary>
    public ShortList ShortList { get; } = new();
}
