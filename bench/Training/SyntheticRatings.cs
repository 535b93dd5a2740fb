using MovieSir.Inference.Offline.Datasets;

namespace MovieSir.Bench.Training;

/// <summary>
/// Positives in the shape of MovieLens 20M for measuring speed only: movie popularity falls as a power of its rank, activity of users is log-normal.
/// There is no taste in it to learn.
/// </summary>
internal static class SyntheticRatings
{
    private const double PopularityExponent = 0.95;
    private const double PopularityOffset = 20;
    private const double ActivityDeviation = 1.1;
    private const int LeastPerUser = 10;

    /// <param name="users">Number of users.</param>
    /// <param name="movies">Number of movies.</param>
    /// <param name="positives">About how many positives in all, before a user's repeats are dropped.</param>
    /// <param name="seed">Of <see cref="Random"/>.</param>
    public static RatingSet Create(int users, int movies, int positives, int seed)
    {
        var random = new Random(seed);
        var cumulative = new double[movies];
        var total = 0.0;
        for (var movie = 0; movie < movies; movie++)
        {
            cumulative[movie] = total += Math.Pow(movie + PopularityOffset, -PopularityExponent);
        }

        var mean = (double)positives / users;
        var builder = new RatingSetBuilder();
        long time = 0;
        for (var user = 0; user < users; user++)
        {
            var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            var activity = mean * Math.Exp((normal * ActivityDeviation) - (ActivityDeviation * ActivityDeviation / 2));
            for (var count = Math.Clamp((int)activity, LeastPerUser, movies / 4); count > 0; count--)
            {
                var place = Array.BinarySearch(cumulative, random.NextDouble() * total);
                builder.Add(new UserKey(0, user), (place < 0 ? ~place : place) + 1, 5f, time++);
            }
        }

        return builder.Build();
    }
}
