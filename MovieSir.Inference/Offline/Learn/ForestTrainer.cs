using System.ComponentModel.DataAnnotations;
using System.Runtime.Intrinsics;
using MovieSir.Inference.Models;
using MovieSir.Inference.Numerics;

namespace MovieSir.Inference.Offline.Learn;

/// <summary>How a forest is boosted.</summary>
internal sealed record ForestParameters
{
    /// <summary>Boosted forests that are averaged (Breiman, "Bagging predictors", 1996): what one owes to chance, the others do not.</summary>
    [Range(1, 100)]
    public int Bags { get; init; } = 3;

    /// <summary>Share of the rows without a label that a bag draws; those with one are all in each.</summary>
    [Range(0.01, 1.0)]
    public double OtherShare { get; init; } = 0.25;

    /// <summary>Of each bag.</summary>
    [Range(1, 10_000)]
    public int Trees { get; init; } = 200;

    [Range(1, 10)]
    public int Depth { get; init; } = 5;

    /// <summary>Share of a tree's answer that is added.</summary>
    [Range(1e-4, 1.0)]
    public float LearningRate { get; init; } = 0.07f;

    /// <summary>Share of its bag's rows that a tree is grown on.</summary>
    [Range(0.01, 1.0)]
    public double RowShare { get; init; } = 0.7;

    /// <summary>Share of the features that a tree may ask for.</summary>
    [Range(0.01, 1.0)]
    public double FeatureShare { get; init; } = 0.5;

    /// <summary>Added to the curvature of a leaf: draws leaves of few rows toward 0.</summary>
    [Range(0.0, 1e6)]
    public double Regularization { get; init; } = 5;

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
        if (!labels.Contains(true) || !labels.Contains(false))
        {
            return null;
        }

        var bins = new Binned[columns.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = degreeOfParallelism, CancellationToken = cancellationToken };
        Parallel.For(0, bins.Length, options, feature => bins[feature] = Binned.Of(columns[feature]));

        var tree = new Tree(parameters, bins, labels, options);
        var (features, thresholds, leaves) = (new List<int>(), new List<float>(), new List<float>());
        for (var bag = 0; bag < parameters.Bags; bag++)
        {
            tree.Draw(Random(bag, 0));
            for (var number = 1; number <= parameters.Trees; number++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                tree.Grow(Random(bag, number), features, thresholds, leaves);
            }
        }

        // The mean of the bags is the sum of their trees, each by its share.
        var share = 1f / parameters.Bags;
        leaves = leaves.ConvertAll(leaf => share * leaf);
        return new ObliviousForest { Depth = parameters.Depth, Features = [.. features], Thresholds = [.. thresholds], Leaves = [.. leaves] };
    }

    private SeededRandom Random(int bag, int number) =>
        SeededRandom.For(parameters.Seed, SeededRandom.Stream.Forest, (bag * (parameters.Trees + 1)) + number);

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
    private sealed class Tree(ForestParameters parameters, Binned[] bins, bool[] labels, ParallelOptions options)
    {
        private readonly ForestParameters _parameters = parameters;
        private readonly float[] _margins = new float[labels.Length];
        private readonly int[] _leafOf = new int[labels.Length];
        private readonly int[] _sample = new int[labels.Length];

        /// <summary>Gradient and curvature of the loss at each row of the sample.</summary>
        private readonly Vector128<double>[] _derivatives = new Vector128<double>[labels.Length];

        private int[] _bag = [];

        /// <summary>Begins a bag: draws its rows.</summary>
        public void Draw(SeededRandom random)
        {
            // Drawn for every row, so that a label says nothing about which others are drawn.
            _bag = [.. Enumerable.Range(0, labels.Length).Where(row => random.NextUniform() < _parameters.OtherShare | labels[row])];
            var positives = _bag.Count(row => labels[row]);
            // One more of each: a bag of labels alone has no odds.
            Array.Fill(_margins, (float)Math.Log((positives + 1.0) / (_bag.Length - positives + 1.0)));
        }

        public void Grow(SeededRandom random, List<int> features, List<float> thresholds, List<float> leaves)
        {
            var sampled = Sample(random);
            var candidates = Enumerable.Range(0, bins.Length)
                .Where(feature => bins[feature].Thresholds.Length > 0 && random.NextUniform() < _parameters.FeatureShare).ToArray();
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
                foreach (var row in _bag)
                {
                    _leafOf[row] = (_leafOf[row] << 1) | (column[row] > split.Bin ? 1 : 0);
                }
            }

            var values = Leaves(sampled);
            leaves.AddRange(values);
            foreach (var row in _bag)
            {
                _margins[row] += values[_leafOf[row]];
            }
        }

        private int Sample(SeededRandom random)
        {
            var sampled = 0;
            foreach (var row in _bag)
            {
                if (random.NextUniform() < _parameters.RowShare)
                {
                    var probability = 1f / (1f + MathF.Exp(-_margins[row]));
                    _derivatives[sampled] = Vector128.Create(probability - (labels[row] ? 1.0 : 0.0), probability * (1f - probability));
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
            var sums = new Vector128<double>[leafCount * stride];
            for (var i = 0; i < sampled; i++)
            {
                var row = _sample[i];
                sums[(_leafOf[row] * stride) + column[row]] += _derivatives[i];
            }

            var gains = new double[thresholds.Length];
            for (var leaf = 0; leaf < leafCount; leaf++)
            {
                var all = Vector128<double>.Zero;
                foreach (var sum in sums.AsSpan(leaf * stride, stride))
                {
                    all += sum;
                }

                var left = Vector128<double>.Zero;
                for (var bin = 0; bin < gains.Length; bin++)
                {
                    left += sums[(leaf * stride) + bin];
                    gains[bin] += Quality(left) + Quality(all - left);
                }
            }

            var best = 0;
            for (var bin = 1; bin < gains.Length; bin++)
            {
                best = gains[bin] > gains[best] ? bin : best;
            }

            return new Split(feature, best, gains[best]);
        }

        private double Quality(Vector128<double> sum) => sum[0] * sum[0] / (sum[1] + _parameters.Regularization);

        private float[] Leaves(int sampled)
        {
            var sums = new Vector128<double>[1 << _parameters.Depth];
            for (var i = 0; i < sampled; i++)
            {
                sums[_leafOf[_sample[i]]] += _derivatives[i];
            }

            return Array.ConvertAll(sums, sum => (float)(-_parameters.LearningRate * sum[0] / (sum[1] + _parameters.Regularization)));
        }
    }
}
