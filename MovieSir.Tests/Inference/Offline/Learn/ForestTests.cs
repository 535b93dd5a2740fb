using MovieSir.Inference.Models;
using MovieSir.Inference.Offline.Learn;

namespace MovieSir.Tests.Inference.Offline.Learn;

public sealed class ForestTests
{
    private const int Rows = 3000;

    private readonly float[][] _columns;
    private readonly bool[] _labels;

    public ForestTests()
    {
        var random = new Random(7);
        _columns = [.. Enumerable.Range(0, 4).Select(_ => Enumerable.Range(0, Rows).Select(_ => random.NextSingle()).ToArray())];
        // No single feature says anything: it takes two levels to see it.
        _labels = [.. Enumerable.Range(0, Rows).Select(row => (_columns[1][row] > 0.5f) ^ (_columns[2][row] > 0.3f))];
    }

    [Fact]
    public void It_learns_what_only_two_features_together_tell()
    {
        var forest = Train(new ForestParameters { Trees = 60, Depth = 3, LearningRate = 0.3f, FeatureShare = 1 }, 2)!;

        var sums = Evaluate(forest, _columns, Rows);
        var right = Enumerable.Range(0, Rows).Count(row => sums[row] > 0 == _labels[row]);

        TestContext.Current.TestOutputHelper!.WriteLine($"{right} of {Rows} rows on the right side");
        Assert.True(right > 0.97 * Rows, $"{right} of {Rows}");
    }

    [Fact]
    public void The_same_seed_gives_the_same_forest_on_any_number_of_threads()
    {
        var parameters = new ForestParameters { Bags = 2, Trees = 20, Depth = 4 };
        var (one, four) = (Train(parameters, 1)!, Train(parameters, 4)!);

        Assert.Equal(one.Features, four.Features);
        Assert.Equal(one.Thresholds, four.Thresholds);
        Assert.Equal(one.Leaves, four.Leaves);
        Assert.NotEqual(one.Leaves, Train(parameters with { Seed = 2 }, 1)!.Leaves);
    }

    [Fact]
    public void A_forest_is_the_mean_of_its_bags()
    {
        var parameters = new ForestParameters { Trees = 12, Depth = 3 };
        var (one, two) = (Train(parameters with { Bags = 1 }, 2)!, Train(parameters with { Bags = 2 }, 2)!);

        Assert.Equal(24, two.TreeCount);
        Assert.Equal(one.Thresholds, two.Thresholds[..one.Thresholds.Length]);
        Assert.Equal(one.Leaves, Array.ConvertAll(two.Leaves[..one.Leaves.Length], leaf => 2 * leaf));
        Assert.NotEqual(one.Thresholds, two.Thresholds[one.Thresholds.Length..]);
    }

    [Fact]
    public void Evaluation_is_a_walk_down_each_tree()
    {
        var forest = Train(new ForestParameters { Bags = 1, Trees = 15, Depth = 4 }, 2)!;
        // Not a multiple of the vector's length.
        const int Movies = 77;
        var sums = Evaluate(forest, _columns, Movies);

        for (var movie = 0; movie < Movies; movie++)
        {
            var expected = 0f;
            for (var tree = 0; tree < forest.TreeCount; tree++)
            {
                var leaf = 0;
                for (var level = tree * forest.Depth; level < (tree + 1) * forest.Depth; level++)
                {
                    leaf = (2 * leaf) + (_columns[forest.Features[level]][movie] > forest.Thresholds[level] ? 1 : 0);
                }

                expected += forest.Leaves[(tree << forest.Depth) + leaf];
            }

            Assert.Equal(expected, sums[movie]);
        }
    }

    [Fact]
    public void Labels_that_are_all_alike_teach_nothing() =>
        Assert.Null(new ForestTrainer(new ForestParameters(), 1).Train(_columns, new bool[Rows], TestContext.Current.CancellationToken));

    [Fact]
    public void What_cannot_be_evaluated_is_said()
    {
        var forest = new ObliviousForest { Depth = 1, Features = [0], Thresholds = [0.5f], Leaves = [-1f, 1f] };

        Assert.Null(forest.Fault(1));
        Assert.Contains("feature", (forest with { Features = [1] }).Fault(1));
        Assert.Contains("finite", (forest with { Leaves = [float.NaN, 1f] }).Fault(1));
        Assert.Contains("finite", (forest with { Thresholds = [float.PositiveInfinity] }).Fault(1));
        Assert.Contains("no trees", (forest with { Leaves = [1f] }).Fault(1));
        Assert.Contains("no trees", (forest with { Depth = 0 }).Fault(1));
    }

    private ObliviousForest? Train(ForestParameters parameters, int threads) =>
        new ForestTrainer(parameters, threads).Train(_columns, _labels, TestContext.Current.CancellationToken);

    private static float[] Evaluate(ObliviousForest forest, float[][] columns, int movies)
    {
        var stride = ObliviousForest.StrideOf(movies);
        var features = new float[columns.Length * stride];
        for (var feature = 0; feature < columns.Length; feature++)
        {
            columns[feature].AsSpan(0, movies).CopyTo(features.AsSpan(feature * stride));
        }

        var sums = new float[movies];
        forest.Evaluate(features, stride, sums, new int[stride]);
        return sums;
    }
}
