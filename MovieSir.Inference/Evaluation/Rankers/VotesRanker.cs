namespace MovieSir.Inference.Evaluation.Rankers;

/// <summary>The number of votes that a film has in the catalogue itself, whoever asks: known also of films that nobody has rated here.</summary>
internal sealed class VotesRanker(CandidateFilms candidates) : IRanker
{
    public string Name => "votes of the catalogue";

    public void Score(EvaluationCase one, Span<float> scores)
    {
        for (var film = 0; film < scores.Length; film++)
        {
            scores[film] = candidates.Films[film].VoteCount;
        }
    }
}
