using MovieSir.Inference.Models;
using MovieSir.Inference.Offline.Datasets;
using MovieSir.Inference.Offline.Learn;

namespace MovieSir.Tests.Inference.Offline.Learn;

public sealed class IalsTrainerTests
{
    [Theory]
    [InlineData(8, 1f)]
    [InlineData(20, 1f)]
    [InlineData(32, 0.3f)]
    [InlineData(16, 0f)]
    public void Loss_and_predictions_equal_a_dense_reference_solver(int dimension, float frequencyExponent)
    {
        var positives = PositiveMatrix.From(RandomRatings(users: 60, movies: 45, maxPerUser: 40, seed: 5), 4f);
        var parameters = new IalsParameters
        {
            Dimension = dimension,
            Epochs = 4,
            UnobservedWeight = 0.15f,
            Regularization = 0.02f,
            FrequencyExponent = frequencyExponent,
            Seed = 11,
        };

        var model = new IalsTrainer(parameters, 2).Train(positives);
        var reference = DenseReference.Train(positives, parameters);

        Assert.Equal(reference.Losses.Length, model.Epochs.Count);
        for (var epoch = 0; epoch < reference.Losses.Length; epoch++)
        {
            Assert.Equal(reference.Losses[epoch], model.Epochs[epoch].Loss, reference.Losses[epoch] * 1e-4);
        }

        // The trainer's latent space is rotated against the reference's; what does not depend on the basis is every user's score of every item.
        for (var user = 0; user < positives.ByUser.RowCount; user++)
        {
            for (var item = 0; item < positives.ByItem.RowCount; item++)
            {
                var score = 0.0;
                for (var d = 0; d < dimension; d++)
                {
                    score += (double)model.UserFactors[(user * dimension) + d] * model.ItemFactors[(item * dimension) + d];
                }

                Assert.Equal(reference.Score(user, item), score, 2e-3);
            }
        }
    }

    [Fact]
    public void Loss_falls_with_every_epoch()
    {
        var positives = PositiveMatrix.From(RandomRatings(users: 300, movies: 200, maxPerUser: 80, seed: 1), 4f);

        var losses = new IalsTrainer(new IalsParameters { Dimension = 32, Epochs = 10 }, 2).Train(positives).Epochs.Select(epoch => epoch.Loss)
            .ToArray();

        Assert.All(losses.Zip(losses.Skip(1)), pair => Assert.True(pair.Second < pair.First, $"{pair.Second} after {pair.First}"));
    }

    [Fact]
    public void A_seed_gives_the_same_bits_with_one_thread_and_with_several()
    {
        var positives = PositiveMatrix.From(RandomRatings(users: 700, movies: 300, maxPerUser: 120, seed: 2), 4f);
        var parameters = new IalsParameters { Dimension = 48, Epochs = 3, Seed = 4 };

        var one = new IalsTrainer(parameters, 1).Train(positives);
        var two = new IalsTrainer(parameters, 2).Train(positives);
        var five = new IalsTrainer(parameters, 5).Train(positives);
        var other = new IalsTrainer(parameters with { Seed = 5 }, 2).Train(positives);

        Assert.Equal(one.ItemFactors, two.ItemFactors);
        Assert.Equal(one.UserFactors, two.UserFactors);
        Assert.Equal(one.ItemFactors, five.ItemFactors);
        Assert.NotEqual(one.ItemFactors, other.ItemFactors);
    }

    [Fact]
    public void Separable_communities_are_recovered()
    {
        // Three groups of viewers, each with movies of its own; a viewer likes half of them. The other half must rank above all foreign movies.
        const int Groups = 3;
        const int MoviesPerGroup = 20;
        var random = new Random(8);
        var builder = new RatingSetBuilder();
        for (var user = 0; user < 150; user++)
        {
            var movies = Enumerable.Range(0, MoviesPerGroup).ToArray();
            random.Shuffle(movies);
            foreach (var movie in movies[..(MoviesPerGroup / 2)])
            {
                builder.Add(new UserKey(1, user), (user % Groups * MoviesPerGroup) + movie + 1, 5f, user);
            }
        }

        var ratings = builder.Build();
        var positives = PositiveMatrix.From(ratings, 4f);
        var parameters = new IalsParameters { Dimension = Groups, Epochs = 15, Regularization = 0.05f };
        var model = new IalsTrainer(parameters, 2).Train(positives);

        for (var user = 0; user < ratings.UserCount; user++)
        {
            var liked = positives.ByUser[user].ToArray();
            var scores = Enumerable.Range(0, positives.MovieIds.Length).Where(item => !liked.Contains(item)).Select(item => (
                Own: (positives.MovieIds[item] - 1) / MoviesPerGroup == user % Groups,
                Score: Enumerable.Range(0, Groups).Sum(d => model.UserFactors[(user * Groups) + d] * model.ItemFactors[(item * Groups) + d])))
                    .ToArray();
            Assert.True(scores.Where(s => s.Own).Min(s => s.Score) > scores.Where(s => !s.Own).Max(s => s.Score), $"user {user}");
        }
    }

    [Fact]
    public void Folding_a_trained_user_in_gives_the_factors_that_training_gave()
    {
        var positives = PositiveMatrix.From(RandomRatings(users: 200, movies: 120, maxPerUser: 60, seed: 3), 4f);
        var parameters = new IalsParameters { Dimension = 24, Epochs = 60 };
        var model = new IalsTrainer(parameters, 2).Train(positives);
        var foldIn = new FoldIn(model.ItemFactors, positives.MovieIds.Length, parameters);
        var user = new float[24];

        for (var row = 0; row < positives.ByUser.RowCount; row++)
        {
            var items = positives.ByUser[row];
            foldIn.Solve(items, Enumerable.Repeat(1f, items.Length).ToArray(), user, new float[foldIn.ScratchLength(items.Length)]);

            // Users were solved before the items' last step: equal up to what that step still moved.
            var trained = model.UserFactors.AsSpan(row * 24, 24).ToArray();
            var distance = Math.Sqrt(user.Zip(trained).Sum(pair => Math.Pow(pair.First - pair.Second, 2)));
            Assert.True(distance < 0.02 * Math.Sqrt(trained.Sum(value => value * value)), $"user {row}: {distance}");
        }
    }

    [Fact]
    public void Canceling_ends_training()
    {
        var positives = PositiveMatrix.From(RandomRatings(users: 60, movies: 45, maxPerUser: 40, seed: 5), 4f);

        Assert.ThrowsAny<OperationCanceledException>(() =>
            new IalsTrainer(new IalsParameters { Dimension = 16 }, 1).Train(positives, cancellationToken: new CancellationToken(canceled: true)));
    }

    internal static RatingSet RandomRatings(int users, int movies, int maxPerUser, int seed)
    {
        var random = new Random(seed);
        var builder = new RatingSetBuilder();
        for (var user = 0; user < users; user++)
        {
            var count = random.Next(1, maxPerUser);
            for (var i = 0; i < count; i++)
            {
                // Squaring favors low ids: a long tail.
                var movie = (int)(movies * random.NextDouble() * random.NextDouble());
                builder.Add(new UserKey(1, user), movie + 1, random.Next(2) == 0 ? 5f : 4f, i);
            }
        }

        return builder.Build();
    }

    /// <summary>The normal equations of the paper, one dense float64 Gaussian elimination a row, with nothing clever.</summary>
    private sealed class DenseReference
    {
        private readonly double[][] _users;
        private readonly double[][] _items;

        private DenseReference(double[][] users, double[][] items, double[] losses) => (_users, _items, Losses) = (users, items, losses);

        public double[] Losses { get; }

        public double Score(int user, int item) => Dot(_users[user], _items[item]);

        public static DenseReference Train(PositiveMatrix positives, IalsParameters parameters)
        {
            var initial = IalsTrainer.InitialItemFactors(positives.MovieIds.Length, parameters);
            var items = Enumerable.Range(0, positives.MovieIds.Length)
                .Select(item => initial.AsSpan(item * parameters.Dimension, parameters.Dimension).ToArray().Select(value => (double)value).ToArray())
                .ToArray();
            double[][] users = [];
            var losses = new double[parameters.Epochs];
            for (var epoch = 0; epoch < parameters.Epochs; epoch++)
            {
                users = SolveAll(positives.ByUser, items, parameters);
                items = SolveAll(positives.ByItem, users, parameters);
                losses[epoch] = Loss(positives, users, items, parameters);
            }

            return new DenseReference(users, items, losses);
        }

        private static double[][] SolveAll(SparseRows rows, double[][] other, IalsParameters parameters) =>
            [.. Enumerable.Range(0, rows.RowCount).Select(row => SolveRow(rows[row].ToArray(), other, parameters))];

        private static double[] SolveRow(int[] positives, double[][] other, IalsParameters parameters)
        {
            var d = parameters.Dimension;
            var a = new double[d, d + 1];
            for (var j = 0; j < other.Length; j++)
            {
                var weight = parameters.UnobservedWeight + (positives.Contains(j) ? 1.0 : 0.0);
                for (var r = 0; r < d; r++)
                {
                    for (var c = 0; c < d; c++)
                    {
                        a[r, c] += weight * other[j][r] * other[j][c];
                    }
                }
            }

            foreach (var j in positives)
            {
                for (var r = 0; r < d; r++)
                {
                    a[r, d] += other[j][r];
                }
            }

            for (var r = 0; r < d; r++)
            {
                a[r, r] += Regularization(positives.Length, other.Length, parameters);
            }

            for (var pivot = 0; pivot < d; pivot++)
            {
                for (var r = 0; r < d; r++)
                {
                    if (r != pivot)
                    {
                        var factor = a[r, pivot] / a[pivot, pivot];
                        for (var c = pivot; c <= d; c++)
                        {
                            a[r, c] -= factor * a[pivot, c];
                        }
                    }
                }
            }

            return [.. Enumerable.Range(0, d).Select(r => a[r, d] / a[r, r])];
        }

        private static double Loss(PositiveMatrix positives, double[][] users, double[][] items, IalsParameters parameters)
        {
            var loss = 0.0;
            for (var user = 0; user < users.Length; user++)
            {
                var liked = positives.ByUser[user].ToArray();
                for (var item = 0; item < items.Length; item++)
                {
                    var score = Dot(users[user], items[item]);
                    loss += (parameters.UnobservedWeight * score * score) + (liked.Contains(item) ? (score - 1) * (score - 1) : 0);
                }

                loss += Regularization(liked.Length, items.Length, parameters) * Dot(users[user], users[user]);
            }

            for (var item = 0; item < items.Length; item++)
            {
                loss += Regularization(positives.ByItem[item].Length, users.Length, parameters) * Dot(items[item], items[item]);
            }

            return loss;
        }

        private static double Regularization(int positives, int others, IalsParameters parameters) =>
            parameters.Regularization * Math.Pow(positives + (parameters.UnobservedWeight * others), parameters.FrequencyExponent);

        private static double Dot(double[] a, double[] b) => a.Zip(b).Sum(pair => pair.First * pair.Second);
    }
}
