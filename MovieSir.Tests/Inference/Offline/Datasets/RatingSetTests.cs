using MovieSir.Inference.Offline.Datasets;
using MovieSir.Tests.Inference.Offline.Learn;

namespace MovieSir.Tests.Inference.Offline.Datasets;

public sealed class RatingSetTests
{
    [Fact]
    public void Ratings_stand_by_user_and_time_in_whatever_order_they_came()
    {
        var ratings = new (int User, int Movie, float Value, long Time)[] { (2, 30, 4f, 5), (1, 10, 3f, 9), (2, 20, 5f, 5), (1, 11, 2f, 1),
            (2, 40, 1f, 4) };
        var forth = Build(ratings);
        var back = Build(ratings.Reverse());

        Assert.Equal([new UserKey(1, 1), new UserKey(1, 2)], forth.Users.ToArray());
        Assert.Equal([11, 10], forth.MovieIds(0).ToArray());
        Assert.Equal([40, 20, 30], forth.MovieIds(1).ToArray());
        Assert.Equal([1f, 5f, 4f], forth.Values(1).ToArray());
        Assert.Equal([4L, 5L, 5L], forth.Times(1).ToArray());
        Assert.Equal(forth.Sha256(), back.Sha256());
    }

    [Fact]
    public void A_movie_that_a_user_rated_twice_counts_by_its_later_rating()
    {
        var set = Build([(1, 10, 5f, 7), (1, 11, 4f, 8), (1, 10, 2f, 9), (2, 10, 3f, 1)]);

        Assert.Equal(3, set.Count);
        Assert.Equal([11, 10], set.MovieIds(0).ToArray());
        Assert.Equal([4f, 2f], set.Values(0).ToArray());
        Assert.Equal([10], set.MovieIds(1).ToArray());
    }

    [Fact]
    public void Any_change_of_content_changes_the_hash()
    {
        (int User, int Movie, float Value, long Time)[] ratings = [(1, 10, 5f, 7), (2, 11, 4f, 8)];
        var hashes = new[]
        {
            Build(ratings), Build([(1, 10, 5f, 7), (1, 11, 4f, 8)]), Build([(1, 10, 5f, 7), (2, 12, 4f, 8)]),
            Build([(1, 10, 5f, 7), (2, 11, 4.5f, 8)]), Build([(1, 10, 5f, 7), (2, 11, 4f, 9)]), Build([(1, 10, 5f, 7)]), RatingSet.Empty,
        }.Select(set => Convert.ToHexString(set.Sha256())).ToArray();

        Assert.Equal(hashes.Length, hashes.Distinct().Count());
    }

    [Fact]
    public void One_history_under_two_numbers_is_one_user()
    {
        var builder = new RatingSetBuilder();
        foreach (var user in new[] { new UserKey(1, 5), new UserKey(2, 800), new UserKey(2, 801) })
        {
            builder.Add(user, 10, 4f, 100);
            builder.Add(user, user.UserId == 801 ? 12 : 11, 4f, 200);
        }

        Assert.Equal([new UserKey(1, 5), new UserKey(2, 801)], builder.Build().WithoutDuplicateUsers().Users.ToArray());
    }

    [Fact]
    public void Positives_are_the_same_by_user_and_by_movie()
    {
        var ratings = IalsTrainerTests.RandomRatings(users: 80, movies: 60, maxPerUser: 40, seed: 4);
        var positives = PositiveMatrix.From(ratings, 4.5f);

        var expected = Enumerable.Range(0, ratings.UserCount)
            .SelectMany(user => ratings.MovieIds(user).ToArray().Zip(ratings.Values(user).ToArray()).Where(r => r.Second >= 4.5f)
                .Select(r => (user, r.First)))
            .Order().ToArray();
        var byUser = Enumerable.Range(0, positives.ByUser.RowCount)
            .SelectMany(user => positives.ByUser[user].ToArray().Select(item => (user, positives.MovieIds[item]))).ToArray();
        var byItem = Enumerable.Range(0, positives.ByItem.RowCount)
            .SelectMany(item => positives.ByItem[item].ToArray().Select(user => (user, positives.MovieIds[item]))).Order().ToArray();

        Assert.NotEmpty(expected);
        Assert.Equal(expected, byUser);
        Assert.Equal(expected, byItem);
        Assert.Equal(positives.MovieIds.Order(), positives.MovieIds);
    }

    private static RatingSet Build(IEnumerable<(int User, int Movie, float Value, long Time)> ratings)
    {
        var builder = new RatingSetBuilder();
        foreach (var (user, movie, value, time) in ratings)
        {
            builder.Add(new UserKey(1, user), movie, value, time);
        }

        return builder.Build();
    }
}
