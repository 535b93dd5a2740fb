using System.Numerics.Tensors;
using MovieSir.Inference.Numerics;

namespace MovieSir.Inference.Models;

/// <summary>
/// Puts a user whom the model was not trained on into its latent space: the least-squares user vector for the items of a profile,
/// w = (Σ c_i h_i h_iᵀ + α₀ HᵀH + λ (Σ c_i + α₀|I|)^ν I)⁻¹ Σ c_i h_i. The same formula that training solves for its own users, where every c is 1.
/// Immutable, for any number of threads; a call allocates nothing.
/// </summary>
internal sealed class FoldIn
{
    private readonly ReadOnlyMemory<float> _itemFactors;
    private readonly float[] _unobserved;
    private readonly IalsParameters _parameters;
    private readonly int _trainedItems;
    private readonly int _side;

    /// <param name="itemFactors">Row-major, n × dimension. A row of zeros is an item that the model does not know.</param>
    /// <param name="trainedItems">Number of rows that the model knows, |I|.</param>
    /// <param name="parameters">What the model was trained with.</param>
    /// <exception cref="ArgumentException">The factors are not a whole number of rows.</exception>
    public FoldIn(ReadOnlyMemory<float> itemFactors, int trainedItems, IalsParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var dimension = parameters.Dimension;
        if (itemFactors.Length % dimension != 0)
        {
            throw new ArgumentException($"{itemFactors.Length} values are not a whole number of rows of {dimension}.", nameof(itemFactors));
        }

        _itemFactors = itemFactors;
        _parameters = parameters;
        _trainedItems = trainedItems;
        _side = SymmetricMatrix.Padded(dimension);
        _unobserved = Gramian.Of(itemFactors, dimension, Environment.ProcessorCount);
        TensorPrimitives.Multiply(_unobserved, parameters.UnobservedWeight, _unobserved);
    }

    public int Dimension => _parameters.Dimension;

    /// <summary>Length of the scratch that a profile of up to <paramref name="profileLength"/> items needs.</summary>
    public int ScratchLength(int profileLength) => (_side * _side) + _side + (_side * profileLength);

    /// <summary>Weights by age, (1 + rank)^−exponent with rank 0 for the newest, for a profile that stands oldest first.</summary>
    public static void RecencyWeights(Span<float> weights, float exponent)
    {
        for (var i = 0; i < weights.Length; i++)
        {
            weights[i] = MathF.Pow(weights.Length - i, -exponent);
        }
    }

    /// <param name="items">Rows of the item factors. Items without factors add nothing.</param>
    /// <param name="weights">One weight an item, not negative.</param>
    /// <param name="user">Receives the user vector; its dot product with an item's factors is the score.</param>
    /// <param name="scratch">At least <see cref="ScratchLength"/> floats; its content does not matter.</param>
    public void Solve(ReadOnlySpan<int> items, ReadOnlySpan<float> weights, Span<float> user, Span<float> scratch)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(weights.Length, items.Length);
        ArgumentOutOfRangeException.ThrowIfNotEqual(user.Length, Dimension);
        var matrix = scratch[..(_side * _side)];
        var right = scratch.Slice(matrix.Length, _side);
        var rows = scratch.Slice(matrix.Length + _side, _side * items.Length);

        _unobserved.CopyTo(matrix);
        right.Clear();
        rows.Clear();
        var factors = _itemFactors.Span;
        var total = 0f;
        for (var k = 0; k < items.Length; k++)
        {
            // Rows of √c h: their Gramian is Σ c h hᵀ.
            var root = MathF.Sqrt(weights[k]);
            var row = rows.Slice(k * _side, Dimension);
            TensorPrimitives.Multiply(factors.Slice(items[k] * Dimension, Dimension), root, row);
            TensorPrimitives.MultiplyAdd(row, root, right[..Dimension], right[..Dimension]);
            total += weights[k];
        }

        SymmetricMatrix.AddGramian(matrix, _side, rows, items.Length, 1f);
        var regularization = _parameters.RegularizationOf(total, _trainedItems);
        for (var k = 0; k < _side; k++)
        {
            matrix[(k * _side) + k] += regularization;
        }

        if (!SymmetricMatrix.Cholesky(matrix, _side))
        {
            throw new ArithmeticException(
                "The user cannot be folded in: the model's factors or the weights are not finite, or the weights are negative.");
        }

        SymmetricMatrix.Solve(matrix, _side, right);
        right[..Dimension].CopyTo(user);
    }

    /// <summary>
    /// What each item of the profile adds to the score of one item, c_j h_iᵀ A⁻¹ h_j with the matrix A that <see cref="Solve"/> inverted: they sum to
    /// the dot product of the user vector with the item's factors.
    /// </summary>
    /// <param name="item">Row of the item factors.</param>
    /// <param name="items">As given to <see cref="Solve"/>.</param>
    /// <param name="weights">As given to <see cref="Solve"/>.</param>
    /// <param name="solved">The scratch as <see cref="Solve"/> left it.</param>
    /// <param name="contributions">Receives one number an item of the profile.</param>
    public void Contributions(
        int item, ReadOnlySpan<int> items, ReadOnlySpan<float> weights, Span<float> solved, Span<float> contributions)
    {
        var matrix = solved[..(_side * _side)];
        var vector = solved.Slice(matrix.Length, _side);
        var factors = _itemFactors.Span;
        vector.Clear();
        factors.Slice(item * Dimension, Dimension).CopyTo(vector);
        SymmetricMatrix.Solve(matrix, _side, vector);
        for (var k = 0; k < items.Length; k++)
        {
            contributions[k] = weights[k] * TensorPrimitives.Dot(factors.Slice(items[k] * Dimension, Dimension), vector[..Dimension]);
        }
    }
}
