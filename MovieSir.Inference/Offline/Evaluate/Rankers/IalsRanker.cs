using System.Buffers;
using System.Numerics.Tensors;
using MovieSir.Inference.Models;
using MovieSir.Inference.Offline.Datasets;

namespace MovieSir.Inference.Offline.Evaluate.Rankers;

/// <summary>The user folded into an iALS model; movies without factors score zero.</summary>
internal sealed class IalsRanker : IRanker
{
    private readonly TrainingData _data;
    private readonly float[] _itemFactors;
    private readonly FoldIn _foldIn;
    private readonly int _dimension;
    private readonly float _recencyExponent;

    /// <param name="data">What the model was trained on.</param>
    /// <param name="itemFactors">Items × dimension.</param>
    /// <param name="parameters">Of the model; the recency exponent weighs the profile.</param>
    public IalsRanker(TrainingData data, float[] itemFactors, IalsParameters parameters)
    {
        (_data, _itemFactors, _dimension, _recencyExponent) = (data, itemFactors, parameters.Dimension, parameters.RecencyExponent);
        _foldIn = new FoldIn(itemFactors, data.Positives.MovieIds.Length, parameters);
        Name = parameters.RecencyExponent > 0 ? "iALS fold-in, recency" : "iALS fold-in";
    }

    public string Name { get; }

    public void Score(EvaluationCase one, Span<float> scores)
    {
        var profile = one.Profile;
        var (items, weights) = _data.ItemsOf(profile, _recencyExponent);
        Span<float> user = stackalloc float[_dimension];
        var scratch = ArrayPool<float>.Shared.Rent(_foldIn.ScratchLength(items.Length));
        _foldIn.Solve(items, weights, user, scratch);
        ArrayPool<float>.Shared.Return(scratch);
        for (var item = 0; item < _data.CandidateOf.Length; item++)
        {
            if (_data.CandidateOf[item] is >= 0 and var movie)
            {
                scores[movie] = TensorPrimitives.Dot(user, _itemFactors.AsSpan(item * _dimension, _dimension));
            }
        }
    }
}
