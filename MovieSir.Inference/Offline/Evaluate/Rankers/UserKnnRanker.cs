using MovieSir.Inference.Offline.Datasets;

namespace MovieSir.Inference.Offline.Evaluate.Rankers;

/// <summary>
/// User-based neighbors: the cosine between the profile and what each of the nearest training users likes, summed over those who like a movie.
/// </summary>
internal sealed class UserKnnRanker(TrainingData data) : IRanker
{
    private const int Neighbors = 100;

    public string Name => "user-kNN, cosine, 100 neighbors";

    public void Score(EvaluationCase one, Span<float> scores)
    {
        var profile = one.Profile;
        var positives = data.Positives;
        var items = data.ItemsOf(profile, 0f).Items;
        var shared = new Dictionary<int, int>();
        foreach (var item in items)
        {
            foreach (var user in positives.ByItem[item])
            {
                shared[user] = shared.GetValueOrDefault(user) + 1;
            }
        }

        var nearest = shared
            .Select(pair => (User: pair.Key, Similarity: pair.Value / Math.Sqrt((double)items.Length * positives.ByUser[pair.Key].Length)))
            .OrderByDescending(pair => pair.Similarity).ThenBy(pair => pair.User)
            .Take(Neighbors);
        foreach (var (user, similarity) in nearest)
        {
            foreach (var item in positives.ByUser[user])
            {
                if (data.CandidateOf[item] is >= 0 and var movie)
                {
                    scores[movie] += (float)similarity;
                }
            }
        }
    }
}
