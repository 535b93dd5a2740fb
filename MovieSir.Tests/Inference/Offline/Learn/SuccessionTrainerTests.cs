using MovieSir.Inference.Models;
using MovieSir.Inference.Offline.Datasets;
using MovieSir.Inference.Offline.Learn;

namespace MovieSir.Tests.Inference.Offline.Learn;

public sealed class SuccessionTrainerTests
{
    private const int Movies = 20;
    private readonly RatingSet _ratings;

    public SuccessionTrainerTests()
    {
        var random = new Random(5);
        var builder = new RatingSetBuilder();
        for (var user = 0; user < 15; user++)
        {
            var place = 0;
            foreach (var movie in Enumerable.Range(1, Movies).OrderBy(_ => random.Next()).Take(random.Next(4, 16)))
            {
                builder.Add(new UserKey(1, user), movie, random.Next(3, 11) / 2f, place++);
            }
        }

        _ratings = builder.Build();
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(0.2f)]
    public void Strengths_are_those_of_the_formula(float backward)
    {
        var parameters = new SuccessionParameters { Backward = backward };
        var lists = Train(parameters, 2);
        var likes = Enumerable.Range(0, _ratings.UserCount)
            .Select(user => _ratings.MovieIds(user).ToArray().Where((_, place) => _ratings.Values(user)[place] >= 4f).ToList()).ToArray();

        foreach (var (movie, other) in lists.MovieIds.SelectMany(movie => lists.MovieIds.Select(other => (movie, other)))
            .Where(pair => pair.movie != pair.other))
        {
            var sum = likes.Where(list => list.Contains(movie) && list.Contains(other)).Sum(list =>
            {
                var distance = list.IndexOf(other) - list.IndexOf(movie);
                return (distance > 0 ? 1 : backward) * Math.Exp(-Math.Abs(distance) / 30.0);
            });
            var expected = sum / (Math.Sqrt((double)likes.Count(list => list.Contains(movie)) * likes.Count(list => list.Contains(other))) + 8);
            Assert.Equal(expected, StrengthOf(lists, movie, other), 1e-6);
        }
    }

    [Fact]
    public void Only_the_strongest_are_kept_and_threads_change_nothing()
    {
        var all = Train(new SuccessionParameters(), 1);
        var few = Train(new SuccessionParameters { Kept = 3 }, 4);

        Assert.Equal(all.MovieIds, few.MovieIds);
        for (var movie = 0; movie < all.MovieIds.Length; movie++)
        {
            Assert.Equal(all.WeightsOf(movie).ToArray().OrderDescending(), all.WeightsOf(movie).ToArray());
            Assert.Equal(all.SuccessorsOf(movie).ToArray().Take(3), few.SuccessorsOf(movie).ToArray());
            Assert.Equal(all.WeightsOf(movie).ToArray().Take(3), few.WeightsOf(movie).ToArray());
        }
    }

    [Fact]
    public void Without_order_a_pair_is_as_strong_both_ways()
    {
        var lists = Train(SuccessionParameters.WithoutOrder, 2);

        foreach (var movie in lists.MovieIds)
        {
            Assert.All(lists.MovieIds.Where(other => other != movie),
                other => Assert.Equal(StrengthOf(lists, movie, other), StrengthOf(lists, other, movie), 1e-6));
        }
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(0f)]
    [InlineData(-1f)]
    public void A_strength_that_is_none_is_refused(float weight) =>
        Assert.Contains("movie 3", Assert.Throws<InvalidModelException>(() => new SuccessorLists([3], [0, 1], [4], [weight]).Validate()).Message);

    [Fact]
    public void Parameters_are_read_back_from_a_version_and_bounded()
    {
        var parameters = new SuccessionParameters { Reach = 12f };

        Assert.Equal(parameters, SuccessionParameters.FromJson($$"""{"dimension": 8, "succession": {{parameters.ToJson().ToJsonString()}}}"""));
        Assert.Equal(new SuccessionParameters(), SuccessionParameters.FromJson("""{"dimension": 8}"""));
        Assert.Throws<System.ComponentModel.DataAnnotations.ValidationException>(
            () => SuccessionParameters.FromJson("""{"succession": {"reach": -1}}"""));
    }

    private SuccessorLists Train(SuccessionParameters parameters, int threads) =>
        new SuccessionTrainer(parameters, threads).Train(_ratings, PositiveMatrix.From(_ratings, 4f), 4f, TestContext.Current.CancellationToken);

    private static double StrengthOf(SuccessorLists lists, int movie, int other)
    {
        var index = Array.IndexOf(lists.MovieIds, movie);
        var place = lists.SuccessorsOf(index).IndexOf(other);
        return place < 0 ? 0 : lists.WeightsOf(index)[place];
    }
}
