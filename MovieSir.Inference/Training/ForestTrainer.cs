using System.ComponentModel.DataAnnotations;
using MovieSir.Inference.Ranking;
using MovieSir.Inference.Sample;

namespace MovieSir.Inference.Training;

/// <summary>How a forest is boosted.</summary>
internal sealed record ForestParameters
{
    [Range(1, 10_000)]
    public int Trees { get; init; } = 200;

    [Range(1, 10)]
    public int Depth { get; init; } = 5;

    /// <summary>Share of a tree's answer that is added.</summary>
    [Range(1e-4, 1.0)]
    public float LearningRate { get; init; } = 0.07f;

    /// <summary>Share of the rows that a tree is grown on.</summary>
    [Range(0.01, 1.0)]
    public double RowShare { get; init; } = 0.7;

    /// <summary>Share of the features that a tree may ask for.</summary>
    [Range(0.01, 1.0)]
    public double FeatureShare { get; init; } = 0.5;

    /// <summary>Added to the curvature of a leaf: draws leaves of few rows towards 0.</summary>
    [Range(0.0, 1e6)]
    public double Regularisation { get; init; } = 5;

    public int Seed { get; init; } = 20221;
}

/// <summary>
/// Gradient boosting of oblivious trees for the logistic loss, by second-order steps (Friedman 2001; Chen and Guestrin, "XGBoost", KDD 2016) over
/// binned features. The sums of each feature are taken in the order of the rows, so the forest depends on neither threads nor their timing.
/// </summary>
internal sealed class ForestTrainer(ForestParameters parameters, int degreeOfParallelism)
{
    private const int MaximumThresholds = 63;

    /// <param name="columns">Value of each feature for each row.</param>
    /// <param name="labels">Whether each row is a target.</param>
    /// <param name="cancellationToken">Ends it between trees.</param>
    /// <returns>Null where all labels are alike: there is nothing to learn.</returns>
    public ObliviousForest? Train(IReadOnlyList<float[]> columns, bool[] labels, CancellationToken cancellationToken)
    {
        var positives = labels.Count(label => label);
        if (positives == 0 || positives == labels.Length)
        {
            return null;
        }

        var bins = new Binned[columns.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = degreeOfParallelism, CancellationToken = cancellationToken };
        Parallel.For(0, bins.Length, options, feature => bins[feature] = Binned.Of(columns[feature]));

        var margins = new float[labels.Length];
        Array.Fill(margins, (float)Math.Log((double)positives / (labels.Length - positives)));
        var tree = new Tree(parameters, bins, labels.Length, options);
        var (features, thresholds, leaves) = (new List<int>(), new List<float>(), new List<float>());
        for (var number = 0; number < parameters.Trees; number++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            tree.Grow(SeededRandom.For(parameters.Seed, SeededRandom.Stream.Forest, number), margins, labels, features, thresholds, leaves);
        }

        return new ObliviousForest { Depth = parameters.Depth, Features = [.. features], Thresholds = [.. thresholds], Leaves = [.. leaves] };
    }

    /// <summary>One feature: the bin of a row is the number of thresholds that its value exceeds.</summary>
    private sealed record Binned(byte[] Bins, float[] Thresholds)
    {
        public static Binned Of(float[] column)
        {
            var sorted = (float[])column.Clone();
            Array.Sort(sorted);
            var thresholds = new List<float>(MaximumThresholds);
            for (var k = 1; k <= MaximumThresholds; k++)
            {
                var value = sorted[(int)((long)k * (sorted.Length - 1) / (MaximumThresholds + 1))];
                if ((thresholds.Count == 0 || value > thresholds[^1]) && value < sorted[^1])
                {
                    thresholds.Add(value);
                }
            }

            float[] cuts = [.. thresholds];
            return new Binned(Array.ConvertAll(column, value => BinOf(cuts, value)), cuts);
        }

        private static byte BinOf(float[] thresholds, float value)
        {
            var place = Array.BinarySearch(thresholds, value);
            return (byte)(place >= 0 ? place : ~place);
        }
    }

    private readonly record struct Split(int Feature, int Bin, double Gain);

    /// <summary>Grows one tree at a time; the buffers are kept for the next.</summary>
    private sealed class Tree(ForestParameters parameters, Binned[] bins, int rows, ParallelOptions options)
    {
        private readonly ForestParameters _parameters = parameters;
        private readonly int[] _sample = new int[rows];
        private readonly int[] _leafOf = new int[rows];
        private readonly float[] _gradients = new float[rows];
        private readonly float[] _curvatures = new float[rows];

        public void Grow(
            SeededRandom random, float[] margins, bool[] labels, List<int> features, List<float> thresholds, List<float> leaves)
        {
            var sampled = Sample(random, margins, labels);
            var candidates = Enumerable.Range(0, bins.Length).Where(feature => bins[feature].Thresholds.Length > 0 && random.NextUniform() < _parameters.FeatureShare).ToArray();
            if (candidates.Length == 0)
            {
                candidates = [.. Enumerable.Range(0, bins.Length).Where(feature => bins[feature].Thresholds.Length > 0).Take(1)];
            }

            Array.Clear(_leafOf);
            for (var level = 0; level < _parameters.Depth; level++)
            {
                var split = BestSplit(candidates, sampled, 1 << level);
                features.Add(split.Feature);
                thresholds.Add(bins[split.Feature].Thresholds[split.Bin]);
                var column = bins[split.Feature].Bins;
                for (var row = 0; row < rows; row++)
                {
                    _leafOf[row] = (_leafOf[row] << 1) | (column[row] > split.Bin ? 1 : 0);
                }
            }

            var values = Leaves(sampled);
            leaves.AddRange(values);
            for (var row = 0; row < rows; row++)
            {
                margins[row] += values[_leafOf[row]];
            }
        }

        private int Sample(SeededRandom random, float[] margins, bool[] labels)
        {
            var sampled = 0;
            for (var row = 0; row < rows; row++)
            {
                if (random.NextUniform() < _parameters.RowShare)
                {
                    var probability = 1f / (1f + MathF.Exp(-margins[row]));
                    _gradients[row] = probability - (labels[row] ? 1f : 0f);
                    _curvatures[row] = probability * (1f - probability);
                    _sample[sampled++] = row;
                }
            }

            return sampled;
        }

        private Split BestSplit(int[] candidates, int sampled, int leafCount)
        {
            var best = new Split[candidates.Length];
            Parallel.For(0, candidates.Length, options, candidate => best[candidate] = BestSplitOf(candidates[candidate], sampled, leafCount));
            // The first of equals: no more depends on threads than the sums do.
            return best.Aggregate((a, b) => b.Gain > a.Gain ? b : a);
        }

        private Split BestSplitOf(int feature, int sampled, int leafCount)
        {
            var (column, thresholds) = (bins[feature].Bins, bins[feature].Thresholds);
            var stride = MaximumThresholds + 1;
            var sums = new (double Gradient, double Curvature)[leafCount * stride];
            foreach (var row in _sample.AsSpan(0, sampled))
            {
                ref var sum = ref sums[(_leafOf[row] * stride) + column[row]];
                sum.Gradient += _gradients[row];
                sum.Curvature += _curvatures[row];
            }

            var gains = new double[thresholds.Length];
            for (var leaf = 0; leaf < leafCount; leaf++)
            {
                var (gradient, curvature) = (0.0, 0.0);
                foreach (var sum in sums.AsSpan(leaf * stride, stride))
                {
                    (gradient, curvature) = (gradient + sum.Gradient, curvature + sum.Curvature);
                }

                var (left, leftCurvature) = (0.0, 0.0);
                for (var bin = 0; bin < gains.Length; bin++)
                {
                    var sum = sums[(leaf * stride) + bin];
                    (left, leftCurvature) = (left + sum.Gradient, leftCurvature + sum.Curvature);
                    gains[bin] += Quality(left, leftCurvature) + Quality(gradient - left, curvature - leftCurvature);
                }
            }

            var best = 0;
            for (var bin = 1; bin < gains.Length; bin++)
            {
                best = gains[bin] > gains[best] ? bin : best;
            }

            return new Split(feature, best, gains[best]);
        }

        private double Quality(double gradient, double curvature) => gradient * gradient / (curvature + _parameters.Regularisation);

        private float[] Leaves(int sampled)
        {
            var sums = new (double Gradient, double Curvature)[1 << _parameters.Depth];
            foreach (var row in _sample.AsSpan(0, sampled))
            {
                ref var sum = ref sums[_leafOf[row]];
                sum.Gradient += _gradients[row];
                sum.Curvature += _curvatures[row];
            }

            return Array.ConvertAll(sums, sum => (float)(-_parameters.LearningRate * sum.Gradient / (sum.Curvature + _parameters.Regularisation)));
        }
    }
}
