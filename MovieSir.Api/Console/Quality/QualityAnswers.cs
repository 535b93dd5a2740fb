namespace MovieSir.Api.Console.Quality;

/// <summary>What became of movies that were recommended. A movie counts once for each kind of feedback, however often it was told.</summary>
/// <param name="Recommended">Movies that were answered.</param>
/// <param name="Clicked">Of these, those that were clicked.</param>
/// <param name="Watched">Of these, those that were watched.</param>
/// <param name="Liked">Of these, those that were liked.</param>
/// <param name="Disliked">Of these, those that were disliked.</param>
/// <param name="ClickRate">Clicked among recommended; null where nothing was recommended.</param>
/// <param name="WatchRate">Watched among recommended; null where nothing was recommended.</param>
/// <param name="LikeRate">Liked among liked and disliked; null where neither was told.</param>
internal sealed record Outcomes(
    long Recommended, long Clicked, long Watched, long Liked, long Disliked, double? ClickRate, double? WatchRate, double? LikeRate)
{
    public static Outcomes Of(IEnumerable<OutcomeSum> sums)
    {
        var movies = sums.GroupBy(sum => sum.Outcome).ToDictionary(group => group.Key, group => group.Sum(sum => sum.Movies));
        long Count(string outcome) => movies.GetValueOrDefault(outcome);
        var (recommended, clicked, watched) = (Count("recommended"), Count("clicked"), Count("watched"));
        var (liked, disliked) = (Count("liked"), Count("disliked"));
        return new Outcomes(
            recommended, clicked, watched, liked, disliked,
            Share(clicked, recommended), Share(watched, recommended), Share(liked, liked + disliked));
    }

    private static double? Share(long part, long whole) => whole == 0 ? null : (double)part / whole;
}

/// <summary>Both tracks on one day in Seoul.</summary>
internal sealed record QualityDay(DateOnly Date, Outcomes TrackA, Outcomes TrackB);

/// <summary>What became of the movies that were recommended on these days, whenever the feedback came.</summary>
/// <param name="From">The first day in Seoul.</param>
/// <param name="To">The last one, which is today.</param>
/// <param name="TrackA">Track A on all days.</param>
/// <param name="TrackB">Track B on all days.</param>
/// <param name="Days">The oldest first.</param>
internal sealed record QualityAnswer(DateOnly From, DateOnly To, Outcomes TrackA, Outcomes TrackB, IReadOnlyList<QualityDay> Days)
{
    public static QualityAnswer Of(DateOnly from, DateOnly to, IReadOnlyCollection<OutcomeSum> sums)
    {
        var ofDays = sums.ToLookup(sum => (sum.Day, sum.Track));
        return new QualityAnswer(
            from, to, Outcomes.Of(sums.Where(sum => sum.Track == "a")), Outcomes.Of(sums.Where(sum => sum.Track == "b")),
            [
                .. Enumerable.Range(0, to.DayNumber - from.DayNumber + 1).Select(from.AddDays)
                    .Select(day => new QualityDay(day, Outcomes.Of(ofDays[(day, "a")]), Outcomes.Of(ofDays[(day, "b")]))),
            ]);
    }
}
