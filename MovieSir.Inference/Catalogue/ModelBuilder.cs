using System.Numerics.Tensors;
using MovieSir.Inference.Ranking;
using MovieSir.Inference.Training;

namespace MovieSir.Inference.Catalogue;

/// <summary>What a snapshot holds of one model version.</summary>
/// <param name="Factors">Null where no model is published.</param>
/// <param name="Successors">What viewers liked next. Null where the version has none.</param>
/// <param name="Ranking">How it weighs the signals. Null where the version has not learned it.</param>
internal sealed record ServedModel(FactorModel? Factors, Successors? Successors, LearnedRanking? Ranking)
{
    public static ServedModel None { get; } = new(null, null, null);
}

/// <summary>Aligns a model version with the films of a snapshot. Films that the snapshot lacks are left out.</summary>
/// <param name="movieIds">Of the snapshot's rows, ascending.</param>
/// <param name="rowOf">Row of a movie id.</param>
internal sealed class ModelBuilder(IReadOnlyList<int> movieIds, IReadOnlyDictionary<int, int> rowOf)
{
    private FactorModel? _factors;
    private Successors? _successors;
    private LearnedRanking? _ranking;

    public int Count => movieIds.Count;

    /// <summary>False where the snapshot has no such film.</summary>
    public bool TryFindRow(int movieId, out int row) => rowOf.TryGetValue(movieId, out row);

    /// <param name="name">Name of the model version.</param>
    /// <param name="factors">One row a film, zeros where the model does not know it.</param>
    /// <param name="trainedItems">Number of films the model was trained on.</param>
    /// <param name="parameters">How it was trained.</param>
    /// <exception cref="InvalidModelException">A value is not finite, or the shape is not the parameters'.</exception>
    public void SetFactors(string name, FloatMatrix factors, int trainedItems, IalsParameters parameters)
    {
        if (factors.Columns != parameters.Dimension)
        {
            throw new InvalidModelException($"Model {name} has {factors.Columns} factors a film, its parameters say {parameters.Dimension}.");
        }

        var present = new ulong[FilmSet.WordCount(Count)];
        for (var row = 0; row < Count; row++)
        {
            var norm = TensorPrimitives.SumOfSquares(factors.Row(row));
            if (!float.IsFinite(norm))
            {
                throw new InvalidModelException($"Model {name}: the factors of film {movieIds[row]} are not finite.");
            }

            if (norm > 0f)
            {
                FilmSet.Add(present, row);
            }
        }

        _factors = new FactorModel(name, factors, present, trainedItems, parameters);
    }

    /// <param name="lists">Of the model.</param>
    /// <param name="recencyExponent">Of the model.</param>
    public void SetSuccessors(SuccessorLists lists, float recencyExponent)
    {
        var starts = new int[Count + 1];
        var columns = new List<int>(lists.Weights.Length);
        var weights = new List<float>(lists.Weights.Length);
        var next = 0;
        for (var row = 0; row < Count; row++)
        {
            // Both in ascending movie id.
            while (next < lists.MovieIds.Length && lists.MovieIds[next] < movieIds[row])
            {
                next++;
            }

            if (next < lists.MovieIds.Length && lists.MovieIds[next] == movieIds[row])
            {
                var ids = lists.SuccessorsOf(next);
                var strengths = lists.WeightsOf(next);
                for (var k = 0; k < ids.Length; k++)
                {
                    if (rowOf.TryGetValue(ids[k], out var column))
                    {
                        columns.Add(column);
                        weights.Add(strengths[k]);
                    }
                }
            }

            starts[row + 1] = columns.Count;
        }

        _successors = new Successors(starts, [.. columns], [.. weights], recencyExponent);
    }

    public void SetRanking(LearnedRanking? ranking) => _ranking = ranking;

    public ServedModel Build() => new(_factors, _successors, _ranking);
}
