namespace MovieSir.Inference.Offline.Datasets;

/// <summary>One user whom no model has seen: what is known of them, and what they went on to like.</summary>
/// <param name="User">Whose.</param>
/// <param name="Profile">TMDB ids, oldest first: the end of the history, which rankers are given.</param>
/// <param name="History">TMDB ids of all that the user liked before the targets; never ranked.</param>
/// <param name="Targets">TMDB ids of what the user liked last.</param>
internal sealed record EvaluationCase(UserKey User, int[] Profile, int[] History, int[] Targets);

/// <summary>
/// Strong generalization in time order: models are trained on some users and judged on others, whose positives are cut in time. The profile is the
/// end of the first part, the targets are the second.
/// </summary>
internal sealed record EvaluationProtocol
{
    /// <summary>A rating of at least this much is a positive.</summary>
    public float PositiveThreshold { get; init; } = 4f;

    /// <summary>Users with fewer positives are not judged.</summary>
    public int MinimumPositives { get; init; } = 10;

    /// <summary>Share of a user's positives, by time, that is history.</summary>
    public double HistoryShare { get; init; } = 0.8;

    /// <summary>How many of the newest movies of the history make the profile.</summary>
    public int ProfileLength { get; init; } = 20;

    /// <summary>The cases of all users with enough positives, in the order of the rating set.</summary>
    public IReadOnlyList<EvaluationCase> Cases(RatingSet ratings)
    {
        var cases = new List<EvaluationCase>();
        for (var user = 0; user < ratings.UserCount; user++)
        {
            var positives = Positives(ratings, user);
            if (positives.Length >= MinimumPositives)
            {
                var history = positives[..(int)(positives.Length * HistoryShare)];
                cases.Add(new EvaluationCase(
                    ratings.Users[user], history[Math.Max(0, history.Length - ProfileLength)..], history, positives[history.Length..]));
            }
        }

        return cases;
    }

    /// <summary>Whether a user of the set has enough positives to be judged.</summary>
    public bool CanJudge(RatingSet ratings, int user) => Positives(ratings, user).Length >= MinimumPositives;

    private int[] Positives(RatingSet ratings, int user)
    {
        var values = ratings.Values(user);
        var movieIds = ratings.MovieIds(user);
        var positives = new List<int>(values.Length);
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i] >= PositiveThreshold)
            {
                positives.Add(movieIds[i]);
            }
        }

        return [.. positives];
    }
}
