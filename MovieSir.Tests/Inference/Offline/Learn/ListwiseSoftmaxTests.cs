using MovieSir.Inference.Offline.Learn;

namespace MovieSir.Tests.Inference.Offline.Learn;

public sealed class ListwiseSoftmaxTests
{
    private const int Features = 3;

    [Fact]
    public void It_finds_the_weights_that_the_choices_were_made_by()
    {
        double[] truth = [1.5, -0.7, 0];
        var lists = Lists(truth, 4000);

        var found = ListwiseSoftmax.Fit(lists, Features, 2, TestContext.Current.CancellationToken);

        TestContext.Current.TestOutputHelper!.WriteLine($"found {string.Join(", ", found)} for {string.Join(", ", truth)}");
        Assert.All(found.Zip(truth), pair => Assert.Equal(pair.Second, pair.First, 0.1));
    }

    [Fact]
    public void No_small_step_away_from_them_lowers_the_loss()
    {
        var lists = Lists([0.5, 1, -1], 200);
        var found = ListwiseSoftmax.Fit(lists, Features, 1, TestContext.Current.CancellationToken);

        foreach (var (feature, step) in Enumerable.Range(0, Features).SelectMany(feature => new[] { (feature, 0.02), (feature, -0.02) }))
        {
            var moved = (double[])found.Clone();
            moved[feature] += step;
            Assert.True(Loss(lists, moved) > Loss(lists, found), $"feature {feature}, step {step}");
        }
    }

    [Fact]
    public void Threads_change_nothing()
    {
        var lists = Lists([0.5, 1, -1], 300);

        Assert.Equal(
            ListwiseSoftmax.Fit(lists, Features, 1, TestContext.Current.CancellationToken),
            ListwiseSoftmax.Fit(lists, Features, 4, TestContext.Current.CancellationToken));
    }

    private static double Loss(RankedList[] lists, double[] weights) => (1e-3 * weights.Sum(weight => weight * weight)) + lists.Average(list =>
    {
        var scores = Enumerable.Range(0, list.Features.Length / Features).Select(movie => Score(list.Features, movie, weights)).ToArray();
        return Math.Log(scores.Sum(Math.Exp)) - list.Targets.Average(target => scores[target]);
    });

    private static RankedList[] Lists(double[] weights, int count)
    {
        var random = new Random(3);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            var features = Enumerable.Range(0, 20 * Features).Select(_ => (float)((random.NextDouble() * 4) - 2)).ToArray();
            var chances = Enumerable.Range(0, 20).Select(movie => Math.Exp(Score(features, movie, weights))).ToArray();
            var draw = random.NextDouble() * chances.Sum();
            var chosen = 0;
            while (chosen < 19 && (draw -= chances[chosen]) > 0)
            {
                chosen++;
            }

            return new RankedList(features, [chosen]);
        })];
    }

    private static double Score(float[] features, int movie, double[] weights) =>
        Enumerable.Range(0, Features).Sum(feature => weights[feature] * features[(movie * Features) + feature]);
}
