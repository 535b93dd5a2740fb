using System.Numerics.Tensors;
using MovieSir.Inference.Numerics;

namespace MovieSir.Inference.Models;

/// <summary>What a snapshot holds of one model version.</summary>
/// <param name="Factors">Null where no model is published.</param>
/// <param name="Successors">What viewers liked next. Null where the version has none.</param>
/// <param name="Ranking">How it weighs the signals. Null where the version has not learned it.</param>
/// <param name="Scoring">What its ranking was learned with. Null where the version does not say it.</param>
internal sealed record ServedModel(FactorModel? Factors, Successors? Successors, LearnedRanking? Ranking, ScoringOptions? Scoring)
{
    public static ServedModel None { get; } = new(null, null, null, null);
}

/// <summary>Aligns a model version with the movies of a snapshot. Movies that the snapshot lacks are left out.</summary>
internal sealed class ModelBuilder
{
    // 16 MB; TMDB's ids end at a third of it.
    private const int DirectIds = 1 << 22;

    private readonly int[] _movieIds;
    private readonly IReadOnlyDictionary<int, int> _rowOf;

    // By movie id: its row + 1, or 0. A model names millions of movies, one at a time. Empty where ids are too large for it.
    private readonly int[] _rowAfter = [];

    private readonly int[] _starts;
    private int[] _columns;
    private float[] _weights;
    private int _entries;
    private int _lastRow = -1;
    private bool _hasSuccessors;
    private FactorModel? _factors;
    private Successors? _successors;
    private LearnedRanking? _ranking;
    private ScoringOptions? _scoring;

    /// <param name="movieIds">Of the snapshot's rows, ascending.</param>
    /// <param name="rowOf">Row of a movie id.</param>
    /// <param name="expectedSuccessors">About how many will be added, where it is known.</param>
    public ModelBuilder(int[] movieIds, IReadOnlyDictionary<int, int> rowOf, int expectedSuccessors = 0)
    {
        _movieIds = movieIds;
        _rowOf = rowOf;
        _starts = new int[movieIds.Length + 1];
        _columns = new int[expectedSuccessors];
        _weights = new float[expectedSuccessors];
        if (movieIds is [>= 0, ..] && movieIds[^1] < DirectIds)
        {
            _rowAfter = new int[movieIds[^1] + 1];
            for (var row = 0; row < movieIds.Length; row++)
            {
                _rowAfter[movieIds[row]] = row + 1;
            }
        }
    }

    public int Count => _movieIds.Length;

    /// <summary>False where the snapshot has no such movie.</summary>
    public bool TryFindRow(int movieId, out int row)
    {
        if (_rowAfter.Length == 0)
        {
            return _rowOf.TryGetValue(movieId, out row);
        }

        row = (uint)movieId < (uint)_rowAfter.Length ? _rowAfter[movieId] - 1 : -1;
        return row >= 0;
    }

    /// <param name="name">Name of the model version.</param>
    /// <param name="factors">One row a movie, zeros where the model does not know it.</param>
    /// <param name="trainedItems">Number of movies the model was trained on.</param>
    /// <param name="parameters">How it was trained.</param>
    /// <exception cref="InvalidModelException">A value is not finite, or the shape is not the parameters'.</exception>
    public void SetFactors(string name, FloatMatrix factors, int trainedItems, IalsParameters parameters)
    {
        if (factors.Columns != parameters.Dimension)
        {
            throw new InvalidModelException($"Model {name} has {factors.Columns} factors a movie, its parameters say {parameters.Dimension}.");
        }

        var present = new ulong[RowSet.WordCount(Count)];
        for (var row = 0; row < Count; row++)
        {
            var norm = TensorPrimitives.SumOfSquares(factors.Row(row));
            if (!float.IsFinite(norm))
            {
                throw new InvalidModelException($"Model {name}: the factors of movie {_movieIds[row]} are not finite.");
            }

            if (norm > 0f)
            {
                RowSet.Add(present, row);
            }
        }

        _factors = new FactorModel(name, factors, present, trainedItems, parameters);
    }

    /// <summary>Adds the successors of one movie; <see cref="EndSuccessors"/> follows the last.</summary>
    /// <param name="movieId">Above those before.</param>
    /// <param name="successorIds">Movie ids.</param>
    /// <param name="weights">Aligned with the successors.</param>
    public void AddSuccessors(int movieId, ReadOnlySpan<int> successorIds, ReadOnlySpan<float> weights)
    {
        _hasSuccessors = true;
        if (!TryFindRow(movieId, out var row))
        {
            return;
        }

        EndRows(row);
        EnsureRoom(successorIds.Length);
        for (var k = 0; k < successorIds.Length; k++)
        {
            if (TryFindRow(successorIds[k], out var column))
            {
                _columns[_entries] = column;
                _weights[_entries++] = weights[k];
            }
        }
    }

    /// <param name="recencyExponent">Of the model.</param>
    public void EndSuccessors(float recencyExponent)
    {
        if (!_hasSuccessors)
        {
            return;
        }

        EndRows(Count);
        Array.Resize(ref _columns, _entries);
        Array.Resize(ref _weights, _entries);
        _successors = new Successors(_starts, _columns, _weights, recencyExponent);
    }

    /// <param name="lists">Of the model.</param>
    /// <param name="recencyExponent">Of the model.</param>
    public void SetSuccessors(SuccessorLists lists, float recencyExponent)
    {
        EnsureRoom(lists.Weights.Length);
        for (var movie = 0; movie < lists.MovieIds.Length; movie++)
        {
            AddSuccessors(lists.MovieIds[movie], lists.SuccessorsOf(movie), lists.WeightsOf(movie));
        }

        _hasSuccessors = true;
        EndSuccessors(recencyExponent);
    }

    public void SetRanking(LearnedRanking? ranking) => _ranking = ranking;

    public void SetScoring(ScoringOptions? scoring) => _scoring = scoring;

    public ServedModel Build() => new(_factors, _successors, _ranking, _scoring);

    // The rows after the last and up to this one start where the entries end.
    private void EndRows(int row)
    {
        _starts.AsSpan((_lastRow + 1)..(row + 1)).Fill(_entries);
        _lastRow = row;
    }

    private void EnsureRoom(int more)
    {
        if (_columns.Length - _entries < more)
        {
            var length = Math.Max(_entries + more, _columns.Length + (_columns.Length / 2));
            Array.Resize(ref _columns, length);
            Array.Resize(ref _weights, length);
        }
    }
}
