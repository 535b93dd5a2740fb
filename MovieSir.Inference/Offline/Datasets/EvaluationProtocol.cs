namespace MovieSir.Inference.Offline.Datasets;

/// <summary>One user whom no model has seen: what is known of them, and what they went on to like.</summary>
/// <param name="User">Whose.</param>
/// <param name="Profile">TMDB ids, oldest first: the end of the history, which rankers are given.</param>
/// <param name="History">TMDB ids of all that the user liked, or rated, before the targets; never ranked.</param>
/// <param name="Targets">TMDB ids of what the user liked last.</param>
internal sealed record EvaluationCase(UserKey User, int[] Profile, int[] History, int[] Targets)
{
    /// <summary>TMDB ids of what speaks against what is like it, oldest first.</summary>
    public int[] Disliked { get; init; } = [];
}

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

    /// <summary>
    /// Null: the history is what the user liked. Otherwise it is all that they rated until then: what was rated at least so much makes the profile,
    /// and what was rated below <see cref="DislikedThreshold"/> is disliked.
    /// </summary>
    public float? ProfileThreshold { get; init; }

    /// <summary>See <see cref="ProfileThreshold"/>.</summary>
    public float DislikedThreshold { get; init; } = 3f;

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
                var one = new EvaluationCase(ratings.Users[user], Newest(history), history, positives[history.Length..]);
                cases.Add(ProfileThreshold is { } least ? WithRatings(one, ratings, user, least) : one);
            }
        }

        return cases;
    }

    /// <summary>Whether a user of the set has enough positives to be judged.</summary>
    public bool CanJudge(RatingSet ratings, int user) => Positives(ratings, user).Length >= MinimumPositives;

    /// <summary>Everything that was rated before the first target.</summary>
    private EvaluationCase WithRatings(EvaluationCase one, RatingSet ratings, int user, float least)
    {
        var known = ratings.MovieIds(user).IndexOf(one.Targets[0]);
        var history = ratings.MovieIds(user)[..known];
        var values = ratings.Values(user)[..known];
        return one with
        {
            Profile = Newest(Where(history, values, value => value >= least)),
            History = history.ToArray(),
            Disliked = Where(history, values, value => value < DislikedThreshold),
        };
    }

    private int[] Newest(int[] movieIds) => movieIds[Math.Max(0, movieIds.Length - ProfileLength)..];

    private int[] Positives(RatingSet ratings, int user) =>
        Where(ratings.MovieIds(user), ratings.Values(user), value => value >= PositiveThreshold);

    private static int[] Where(ReadOnlySpan<int> movieIds, ReadOnlySpan<float> values, Predicate<float> holds)
    {
        var chosen = new List<int>(values.Length);
        for (var i = 0; i < values.Length; i++)
        {
            if (holds(values[i]))
            {
                chosen.Add(movieIds[i]);
            }
        }

        return [.. chosen];
    }
}
