using System.Numerics;

namespace MovieSir.Inference.Models;

/// <summary>
/// A sum of oblivious regression trees: all nodes of one level ask the same question, so a tree of depth d is d comparisons, whose answers are the
/// bits of a leaf's number (Kohavi 1994; Prokhorenkova et al., "CatBoost", NeurIPS 2018). Evaluated tree by tree over many movies at once.
/// </summary>
/// <remarks>Immutable. The arrays are what is stored of it.</remarks>
internal sealed record ObliviousForest
{
    /// <summary>Levels of each tree.</summary>
    public required int Depth { get; init; }

    /// <summary>Index of the feature that a level compares: trees × depth.</summary>
    public required int[] Features { get; init; }

    /// <summary>What it is compared with: the bit is set where the value is greater.</summary>
    public required float[] Thresholds { get; init; }

    /// <summary>What a leaf adds: trees × 2^depth. The first level's answer is the highest bit.</summary>
    public required float[] Leaves { get; init; }

    public int TreeCount => Features.Length / Depth;

    /// <summary>Length of a column of features for so many movies: whole vectors.</summary>
    public static int StrideOf(int movies) => (movies + Vector<float>.Count - 1) / Vector<float>.Count * Vector<float>.Count;

    /// <param name="features">Column by column: value of feature f of movie i at f × <paramref name="stride"/> + i.</param>
    /// <param name="stride">Length of a column: <see cref="StrideOf"/>.</param>
    /// <param name="sums">Receives one sum a movie.</param>
    /// <param name="leaf">Scratch, at least <paramref name="stride"/> long.</param>
    public void Evaluate(ReadOnlySpan<float> features, int stride, Span<float> sums, Span<int> leaf)
    {
        sums.Clear();
        for (var tree = 0; tree < TreeCount; tree++)
        {
            var columns = Features.AsSpan(tree * Depth, Depth);
            var thresholds = Thresholds.AsSpan(tree * Depth, Depth);
            for (var i = 0; i < stride; i += Vector<int>.Count)
            {
                var number = Vector<int>.Zero;
                for (var level = 0; level < columns.Length; level++)
                {
                    var value = new Vector<float>(features[((columns[level] * stride) + i)..]);
                    // The comparison gives −1 where it holds.
                    number = number + number - Vector.GreaterThan(value, new Vector<float>(thresholds[level]));
                }

                number.CopyTo(leaf[i..]);
            }

            var leaves = Leaves.AsSpan(tree << Depth, 1 << Depth);
            for (var i = 0; i < sums.Length; i++)
            {
                sums[i] += leaves[leaf[i]];
            }
        }
    }

    /// <summary>Refuses what cannot be evaluated.</summary>
    /// <returns>What is wrong, or null.</returns>
    public string? Fault(int featureCount)
    {
        if (Depth is < 1 or > 16 || Features.Length % Depth != 0 || Thresholds.Length != Features.Length || Leaves.Length != TreeCount << Depth)
        {
            return $"{Features.Length} levels, {Thresholds.Length} thresholds and {Leaves.Length} leaves are no trees of depth {Depth}";
        }

        return Features.Any(feature => feature < 0 || feature >= featureCount) ? "a tree asks for a feature that there is not"
            : !Thresholds.All(float.IsFinite) || !Leaves.All(float.IsFinite) ? "a threshold or a leaf is not finite"
            : null;
    }
}
