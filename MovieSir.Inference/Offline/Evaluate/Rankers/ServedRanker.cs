using Microsoft.Extensions.ObjectPool;
using Microsoft.Extensions.Options;
using MovieSir.Inference.Catalog;
using MovieSir.Inference.Engine.Ranking;
using MovieSir.Inference.Models;
using MovieSir.Inference.Offline.Datasets;
using MovieSir.ServiceDefaults.InferenceContract;

namespace MovieSir.Inference.Offline.Evaluate.Rankers;

/// <summary>What <c>/rank</c> answers: the service's own code over a snapshot of the model.</summary>
internal sealed class ServedRanker(string name, CatalogSnapshot snapshot) : IRanker
{
    /// <summary>As many as a request may ask for.</summary>
    private const int Movies = 1000;

    private readonly Ranker _ranker = new(new Scorer(Options.Create(new ScoringOptions())), ObjectPool.Create<ScoringScratch>());

    public string Name { get; } = name;

    public void Score(EvaluationCase one, Span<float> scores)
    {
        var request = new RankRequest { UserMovieIds = one.Profile, ExcludedIds = one.History, K = Movies };
        scores.Fill(float.NegativeInfinity);
        // Rows are candidates: both stand in ascending TMDB id.
        foreach (var movie in _ranker.Rank(snapshot, request, CandidateFilter.Nothing).Movies)
        {
            scores[snapshot.RowOf[movie.MovieId]] = movie.Score;
        }
    }
}
