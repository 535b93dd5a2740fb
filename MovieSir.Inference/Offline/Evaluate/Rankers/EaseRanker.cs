using MovieSir.Inference.Models;
using MovieSir.Inference.Numerics;
using MovieSir.Inference.Offline.Datasets;

namespace MovieSir.Inference.Offline.Evaluate.Rankers;

/// <summary>
/// EASE (Steck, "Embarrassingly Shallow Autoencoders for Sparse Data", WWW 2019): B = I − P diag(1/P) with P = (XᵀX + λI)⁻¹, here with 1 for ratings
/// from 3.5 on and −0.2 for ratings below 3, and the profile weighed (1 + rank)^−0.5 from the newest. The inverse is taken on the users' side,
/// P = (I − Xᵀ(XXᵀ + λI)⁻¹X) / λ, which is the same matrix and small where users are fewer than movies.
/// </summary>
internal sealed class EaseRanker : IRanker
{
    /// <summary>The inverse is dense over users: 400 MB and minutes at this number.</summary>
    public const int MaxUsers = 10_000;

    private const float Regularization = 400f;
    private const float LikedFrom = 3.5f;
    private const float DislikedBelow = 3f;
    private const float Dislike = -0.2f;
    private const float RecencyExponent = 0.5f;

    private readonly CandidateMovies _candidates;
    private readonly Dictionary<int, List<(int User, float Value)>> _columns = [];
    private readonly (int Movie, float Value)[][] _rows;
    private readonly float[] _factor;
    private readonly float[] _penalty;
    private readonly int _side;

    /// <exception cref="EvaluationException">There are more than <see cref="MaxUsers"/> users.</exception>
    public EaseRanker(TrainingData data)
    {
        var ratings = data.Ratings;
        if (ratings.UserCount > MaxUsers)
        {
            throw new EvaluationException(
                $"EASE is computed over at most {MaxUsers:N0} training users here, not {ratings.UserCount:N0}: choose other methods with --method.");
        }

        _candidates = data.Candidates;
        _side = SymmetricMatrix.Padded(ratings.UserCount);
        _rows = [.. Enumerable.Range(0, ratings.UserCount).Select(user => ReadRow(ratings, user))];
        _factor = Kernel();
        if (!SymmetricMatrix.Cholesky(_factor, _side))
        {
            throw new ArithmeticException("EASE: XXᵀ + λI is not positive definite.");
        }

        // λ P_jj = 1 − x_jᵀ (XXᵀ + λI)⁻¹ x_j
        _penalty = new float[_candidates.Count];
        Parallel.For(0, _candidates.Count, () => new float[_side], (movie, _, solution) =>
        {
            _penalty[movie] = 1f;
            if (_columns.TryGetValue(movie, out var column))
            {
                Array.Clear(solution);
                foreach (var (user, value) in column)
                {
                    solution[user] = value;
                }

                SymmetricMatrix.Solve(_factor, _side, solution);
                foreach (var (user, value) in column)
                {
                    _penalty[movie] -= value * solution[user];
                }
            }

            return solution;
        }, _ => { });
    }

    public string Name => "EASE, lambda 400, recency";

    public void Score(EvaluationCase one, Span<float> scores)
    {
        var profile = one.Profile;
        var weights = new float[profile.Length];
        FoldIn.RecencyWeights(weights, RecencyExponent);
        var solution = new float[_side];
        for (var i = 0; i < profile.Length; i++)
        {
            foreach (var (user, value) in _columns.GetValueOrDefault(_candidates.IndexOf(profile[i]), []))
            {
                solution[user] += weights[i] * value;
            }
        }

        // Off the profile, which is never ranked, the score is −(p P)_j / P_jj.
        SymmetricMatrix.Solve(_factor, _side, solution);
        for (var user = 0; user < _rows.Length; user++)
        {
            foreach (var (movie, value) in _rows[user])
            {
                scores[movie] += solution[user] * value;
            }
        }

        for (var movie = 0; movie < scores.Length; movie++)
        {
            scores[movie] /= _penalty[movie];
        }
    }

    private (int, float)[] ReadRow(RatingSet ratings, int user)
    {
        var row = new List<(int, float)>();
        var movieIds = ratings.MovieIds(user);
        var values = ratings.Values(user);
        for (var i = 0; i < movieIds.Length; i++)
        {
            var value = values[i] >= LikedFrom ? 1f : values[i] < DislikedBelow ? Dislike : 0f;
            if (value != 0f && _candidates.IndexOf(movieIds[i]) is >= 0 and var movie)
            {
                row.Add((movie, value));
                if (!_columns.TryGetValue(movie, out var column))
                {
                    _columns.Add(movie, column = []);
                }

                column.Add((user, value));
            }
        }

        return [.. row];
    }

    private float[] Kernel()
    {
        var kernel = new float[_side * _side];
        for (var user = 0; user < _side; user++)
        {
            kernel[(user * _side) + user] = Regularization;
        }

        foreach (var column in _columns.Values)
        {
            for (var a = 0; a < column.Count; a++)
            {
                for (var b = a; b < column.Count; b++)
                {
                    // Users ascend within a column: the upper triangle.
                    kernel[(column[a].User * _side) + column[b].User] += column[a].Value * column[b].Value;
                }
            }
        }

        return kernel;
    }
}
