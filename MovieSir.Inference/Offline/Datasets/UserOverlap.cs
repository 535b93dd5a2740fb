namespace MovieSir.Inference.Offline.Datasets;

/// <summary>
/// Finds the users of one rating set who are in another as well. Generations of MovieLens number users anew, but movie and second of a rating stay:
/// two people do not rate the same movies in the same seconds.
/// </summary>
internal static class UserOverlap
{
    private const double SharedPart = 0.2;
    private const int SharedAtLeast = 3;

    /// <summary>Users of <paramref name="judged"/> of whom a fifth of the ratings, and at least 3, are also one training user's.</summary>
    public static HashSet<UserKey> Find(RatingSet judged, RatingSet training)
    {
        var events = new Dictionary<(int MovieId, long Time), List<int>>();
        for (var user = 0; user < judged.UserCount; user++)
        {
            foreach (var (movieId, time) in judged.MovieIds(user).ToArray().Zip(judged.Times(user).ToArray()))
            {
                if (!events.TryGetValue((movieId, time), out var users))
                {
                    events.Add((movieId, time), users = []);
                }

                users.Add(user);
            }
        }

        var overlap = new HashSet<UserKey>();
        var shared = new Dictionary<int, int>();
        for (var other = 0; other < training.UserCount; other++)
        {
            shared.Clear();
            var movieIds = training.MovieIds(other);
            var times = training.Times(other);
            for (var i = 0; i < movieIds.Length; i++)
            {
                foreach (var user in events.GetValueOrDefault((movieIds[i], times[i]), []))
                {
                    shared[user] = shared.GetValueOrDefault(user) + 1;
                }
            }

            foreach (var (user, count) in shared)
            {
                if (count >= Math.Max(SharedAtLeast, SharedPart * judged.MovieIds(user).Length))
                {
                    overlap.Add(judged.Users[user]);
                }
            }
        }

        return overlap;
    }
}
