using MovieSir.Inference.Models;
using MovieSir.Inference.Numerics;

namespace MovieSir.Inference.Engine.Ranking;

/// <summary>
/// The features of the movies at the head of a ranking, a column a feature, and what the forest makes of them. A buffer for one call at a time.
/// </summary>
internal sealed class ShortList
{
    /// <summary>Longest list of movies that is ordered anew.</summary>
    public const int MaximumMovies = 300;

    private float[] _features = [];
    private float[] _sums = [];
    private int[] _leaves = [];
    private int _movies;
    private int _stride;

    /// <summary>What the forest says of each movie.</summary>
    public Span<float> Sums => _sums.AsSpan(0, _movies);

    /// <summary>Makes room for so many movies.</summary>
    public void Resize(int movies)
    {
        _movies = movies;
        _stride = ObliviousForest.StrideOf(movies);
        Buffers.Grow(ref _features, ForestFeatures.Names.Count * _stride);
        Buffers.Grow(ref _sums, _stride);
        Buffers.Grow(ref _leaves, _stride);
    }

    /// <summary>The values of a feature, by its place in <see cref="ForestFeatures.Names"/>, with what pads them.</summary>
    public Span<float> Column(int feature) => _features.AsSpan(feature * _stride, _stride);

    /// <summary>Writes <see cref="Sums"/>.</summary>
    public void Evaluate(ObliviousForest forest) =>
        forest.Evaluate(_features.AsSpan(0, ForestFeatures.Names.Count * _stride), _stride, Sums, _leaves);
}
