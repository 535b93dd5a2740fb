using System.Numerics.Tensors;
using MovieSir.Inference.Catalog;
using MovieSir.Inference.Models;
using MovieSir.Inference.Numerics;

namespace MovieSir.Inference.Engine.Ranking;

/// <summary>A profile as a point in the latent space of a model, with what is needed to say which of its movies brought it there.</summary>
internal sealed class FoldedProfile
{
    private readonly float[] _weights = new float[Profile.MaximumMovies];
    private float[] _user = [];
    private float[] _solved = [];
    private int _dimension;

    /// <summary>Its dot product with an item's factors is the score.</summary>
    public ReadOnlySpan<float> User => _user.AsSpan(0, _dimension);

    /// <param name="model">The factors.</param>
    /// <param name="movies">Movies of the profile that have factors, oldest first.</param>
    public void Solve(FactorModel model, ReadOnlySpan<Row> movies)
    {
        _dimension = model.Dimension;
        Buffers.Grow(ref _user, _dimension);
        Buffers.Grow(ref _solved, model.FoldIn.ScratchLength(Profile.MaximumMovies));
        var weights = _weights.AsSpan(0, movies.Length);
        FoldIn.RecencyWeights(weights, model.Parameters.RecencyExponent);
        model.FoldIn.Solve(Row.Numbers(movies), weights, _user.AsSpan(0, _dimension), _solved);
    }

    /// <summary>
    /// The movie of the profile that adds most to the score of one movie; null where none adds anything. Exact: the score of a folded-in profile is a
    /// sum with one term for each of its movies.
    /// </summary>
    /// <param name="model">As given to <see cref="Solve"/>.</param>
    /// <param name="movies">As given to <see cref="Solve"/>.</param>
    /// <param name="row">A movie with factors.</param>
    public Row? Reason(FactorModel model, ReadOnlySpan<Row> movies, Row row)
    {
        Span<float> contributions = stackalloc float[movies.Length];
        model.FoldIn.Contributions(row.Index, Row.Numbers(movies), _weights.AsSpan(0, movies.Length), _solved, contributions);
        var best = TensorPrimitives.IndexOfMax<float>(contributions);
        return contributions[best] > 0f ? movies[best] : null;
    }
}
