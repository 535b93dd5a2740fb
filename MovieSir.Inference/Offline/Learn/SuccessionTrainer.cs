using MovieSir.Inference.Models;
using MovieSir.Inference.Offline.Datasets;

namespace MovieSir.Inference.Offline.Learn;

/// <summary>
/// Counts which movies users went on to like after which, movie by movie: each movie's list needs only the users who like it, and one dense row. Time
/// grows with positives × <see cref="SuccessionParameters.Reach"/>, memory with movies × <see cref="SuccessionParameters.Kept"/>.
/// </summary>
internal sealed class SuccessionTrainer(SuccessionParameters parameters, int degreeOfParallelism)
{
    // What a place further away would add is lost in the noise of a single like.
    private const double SmallestDecay = 1e-3;

    /// <param name="ratings">In time order.</param>
    /// <param name="positives">Of the same ratings, by the same threshold.</param>
    /// <param name="threshold">A rating of at least this much is a positive.</param>
    /// <param name="cancellationToken">Ends it between movies.</param>
    public SuccessorLists Train(RatingSet ratings, PositiveMatrix positives, float threshold, CancellationToken cancellationToken)
    {
        var sequences = Sequences(ratings, positives, threshold);
        var decay = Decay();
        var lists = new (int[] Items, float[] Weights)[positives.MovieIds.Length];
        var options = new ParallelOptions { MaxDegreeOfParallelism = degreeOfParallelism, CancellationToken = cancellationToken };
        Parallel.For(0, lists.Length, options, () => new Row(lists.Length), (item, _, row) =>
        {
            foreach (var user in positives.ByItem[item])
            {
                row.Follow(sequences[user], Array.IndexOf(sequences[user], item), decay, parameters.Backward);
            }

            lists[item] = row.Take(item, positives.ByItem, parameters);
            return row;
        }, _ => { });

        var starts = new int[lists.Length + 1];
        for (var item = 0; item < lists.Length; item++)
        {
            starts[item + 1] = starts[item] + lists[item].Items.Length;
        }

        return new SuccessorLists(
            positives.MovieIds,
            starts,
            [.. lists.SelectMany(list => list.Items).Select(item => positives.MovieIds[item])],
            [.. lists.SelectMany(list => list.Weights)]);
    }

    /// <summary>Items that each user likes, oldest first.</summary>
    private static int[][] Sequences(RatingSet ratings, PositiveMatrix positives, float threshold)
    {
        var itemOf = positives.MovieIds.Select((movieId, item) => (movieId, item)).ToDictionary(pair => pair.movieId, pair => pair.item);
        var sequences = new int[ratings.UserCount][];
        for (var user = 0; user < sequences.Length; user++)
        {
            var (movieIds, values) = (ratings.MovieIds(user).ToArray(), ratings.Values(user).ToArray());
            sequences[user] = [.. movieIds.Zip(values).Where(rating => rating.Second >= threshold).Select(rating => itemOf[rating.First])];
        }

        return sequences;
    }

    private float[] Decay()
    {
        var farthest = (int)Math.Ceiling(-Math.Log(SmallestDecay) * parameters.Reach);
        return [.. Enumerable.Range(0, farthest + 1).Select(distance => (float)Math.Exp(-distance / parameters.Reach))];
    }

    /// <summary>One movie's strengths toward all others, cleared by what was written.</summary>
    private sealed class Row(int items)
    {
        private readonly float[] _sums = new float[items];
        private readonly List<int> _touched = [];

        public void Follow(int[] sequence, int place, float[] decay, float backward)
        {
            for (var after = place + 1; after < Math.Min(sequence.Length, place + decay.Length); after++)
            {
                Add(sequence[after], decay[after - place]);
            }

            for (var before = backward == 0f ? place : Math.Max(0, place - decay.Length + 1); before < place; before++)
            {
                Add(sequence[before], backward * decay[place - before]);
            }
        }

        public (int[] Items, float[] Weights) Take(int item, SparseRows byItem, SuccessionParameters parameters)
        {
            var likes = (double)byItem[item].Length;
            var others = _touched.ToArray();
            var weights = Array.ConvertAll(
                others, other => (float)(-_sums[other] / (Math.Sqrt(likes * byItem[other].Length) + parameters.Shrinkage)));
            foreach (var other in others)
            {
                _sums[other] = 0f;
            }

            _touched.Clear();
            // Of equals the lower item first, whatever order the users brought them in.
            Array.Sort(others, weights);
            var order = Enumerable.Range(0, others.Length).OrderBy(index => weights[index]).Take(parameters.Kept).ToArray();
            return (Array.ConvertAll(order, index => others[index]), Array.ConvertAll(order, index => -weights[index]));
        }

        private void Add(int item, float strength)
        {
            if (_sums[item] == 0f)
            {
                _touched.Add(item);
            }

            _sums[item] += strength;
        }
    }
}
