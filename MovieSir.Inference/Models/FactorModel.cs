using MovieSir.Inference.Numerics;

namespace MovieSir.Inference.Models;

/// <summary>
/// The published matrix factorization, its item factors aligned with the movies of a snapshot; zeros where the model does not know a movie.
/// </summary>
internal sealed class FactorModel
{
    private readonly ulong[] _present;

    /// <param name="name">Name of the model version.</param>
    /// <param name="factors">One row a movie of the snapshot.</param>
    /// <param name="present">The movies that the model knows.</param>
    /// <param name="trainedItems">Number of movies that it was trained on.</param>
    /// <param name="parameters">How it was trained, which is how users are folded in.</param>
    public FactorModel(string name, FloatMatrix factors, ulong[] present, int trainedItems, IalsParameters parameters)
    {
        Name = name;
        Factors = factors;
        Quantized = new QuantizedMatrix(factors);
        Parameters = parameters;
        _present = present;
        FoldIn = new FoldIn(factors.Memory, trainedItems, parameters);
    }

    public string Name { get; }

    public FloatMatrix Factors { get; }

    /// <summary>The factors in a quarter of their bytes.</summary>
    public QuantizedMatrix Quantized { get; }

    public IalsParameters Parameters { get; }

    public FoldIn FoldIn { get; }

    public int Dimension => Factors.Columns;

    public ReadOnlySpan<ulong> Present => _present;

    public bool Has(int row) => RowSet.Contains(_present, row);
}
