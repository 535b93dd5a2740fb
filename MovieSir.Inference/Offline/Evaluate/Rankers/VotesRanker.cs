using MovieSir.Inference.Offline.Datasets;

namespace MovieSir.Inference.Offline.Evaluate.Rankers;

/// <summary>The number of votes that a movie has in the catalog itself, whoever asks: known also of movies that nobody has rated here.</summary>
internal sealed class VotesRanker(CandidateMovies candidates) : IRanker
{
    public string Name => "votes of the catalog";

    public void Score(EvaluationCase one, Span<float> scores)
    {
        for (var movie = 0; movie < scores.Length; movie++)
        {
            scores[movie] = candidates.Movies[movie].VoteCount;
        }
    }
}
