using MovieSir.Inference.Offline.Datasets;
using MovieSir.Inference.Offline.Evaluate.Rankers;

namespace MovieSir.Inference.Offline.Evaluate;

/// <summary>How one user was served.</summary>
/// <param name="Ndcg">Binary nDCG@10.</param>
/// <param name="Recall">Recall@20, over all targets.</param>
/// <param name="Hit">1 where a target is in the first 10, or else 0.</param>
/// <param name="Novelty">Mean of −log₂ of the share of training users who like a movie, over the first 10.</param>
/// <param name="Diversity">Mean Jaccard distance between the genres of two movies of the first 10.</param>
internal readonly record struct UserResult(double Ndcg, double Recall, double Hit, double Novelty, double Diversity);

/// <param name="Method">Name of the ranker.</param>
/// <param name="Users">One a case, in the order of the cases.</param>
/// <param name="Coverage">Share of the candidates that are among somebody's first 10.</param>
internal sealed record MethodResult(string Method, IReadOnlyList<UserResult> Users, double Coverage)
{
    public double Mean(Func<UserResult, double> metric) => Users.Average(metric);
}

/// <summary>Ranks every candidate that is not of a user's history (no sampling) and compares the head of the ranking with the targets.</summary>
/// <param name="candidates">What is ranked.</param>
/// <param name="likes">Positives of a movie among the training users.</param>
/// <param name="trainingUsers">Their number.</param>
internal sealed class Evaluator(CandidateMovies candidates, IReadOnlyDictionary<int, int> likes, int trainingUsers)
{
    private const int ShortList = 10;
    private const int LongList = 20;

    /// <param name="ranker">The method.</param>
    /// <param name="cases">At least one.</param>
    /// <param name="degreeOfParallelism">Threads; the result does not depend on it.</param>
    /// <param name="cancellationToken">Ends it between users.</param>
    /// <exception cref="ArithmeticException">The method gave a score that is not a number.</exception>
    public MethodResult Judge(IRanker ranker, IReadOnlyList<EvaluationCase> cases, int degreeOfParallelism, CancellationToken cancellationToken)
    {
        var results = new UserResult[cases.Count];
        var recommended = new int[candidates.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = degreeOfParallelism, CancellationToken = cancellationToken };
        Parallel.For(0, cases.Count, options, () => (Scores: new float[candidates.Count], Top: new int[LongList]), (index, _, scratch) =>
        {
            var count = Rank(ranker, cases[index], scratch.Scores, scratch.Top);
            var top = scratch.Top.AsSpan(0, count);
            results[index] = Measure(cases[index], top);
            foreach (var movie in top[..Math.Min(ShortList, count)])
            {
                Volatile.Write(ref recommended[movie], 1);
            }

            return scratch;
        }, _ => { });
        return new MethodResult(ranker.Name, results, (double)recommended.Sum() / candidates.Count);
    }

    private int Rank(IRanker ranker, EvaluationCase one, float[] scores, int[] top)
    {
        Array.Clear(scores);
        ranker.Score(one, scores);
        foreach (var movieId in one.History)
        {
            if (candidates.IndexOf(movieId) is >= 0 and var movie)
            {
                scores[movie] = float.NegativeInfinity;
            }
        }

        // Insertion into a short list; equal scores stand in ascending TMDB id, which says nothing about the targets.
        var count = 0;
        for (var movie = 0; movie < scores.Length; movie++)
        {
            var score = scores[movie];
            if (float.IsNaN(score))
            {
                throw new ArithmeticException($"{ranker.Name} gives movie {candidates.Movies[movie].MovieId} a score that is not a number.");
            }

            if (float.IsNegativeInfinity(score) || (count == top.Length && score <= scores[top[^1]]))
            {
                continue;
            }

            var place = count == top.Length ? count - 1 : count++;
            for (; place > 0 && scores[top[place - 1]] < score; place--)
            {
                top[place] = top[place - 1];
            }

            top[place] = movie;
        }

        return count;
    }

    private UserResult Measure(EvaluationCase one, ReadOnlySpan<int> top)
    {
        var targets = one.Targets.ToHashSet();
        var (gain, ideal, shortHits, longHits) = (0.0, 0.0, 0, 0);
        for (var rank = 0; rank < top.Length; rank++)
        {
            if (targets.Contains(candidates.Movies[top[rank]].MovieId))
            {
                longHits++;
                if (rank < ShortList)
                {
                    shortHits++;
                    gain += Discount(rank);
                }
            }
        }

        for (var rank = 0; rank < Math.Min(ShortList, targets.Count); rank++)
        {
            ideal += Discount(rank);
        }

        var head = top[..Math.Min(ShortList, top.Length)];
        return new UserResult(gain / ideal, (double)longHits / targets.Count, shortHits > 0 ? 1 : 0, Novelty(head), Diversity(head));
    }

    private double Novelty(ReadOnlySpan<int> head)
    {
        var sum = 0.0;
        foreach (var movie in head)
        {
            // A movie that nobody liked is as novel as one that one user likes.
            sum -= Math.Log2((double)Math.Max(1, likes.GetValueOrDefault(candidates.Movies[movie].MovieId)) / trainingUsers);
        }

        return head.IsEmpty ? 0 : sum / head.Length;
    }

    private double Diversity(ReadOnlySpan<int> head)
    {
        var (sum, pairs) = (0.0, 0);
        for (var i = 0; i < head.Length; i++)
        {
            for (var j = i + 1; j < head.Length; j++)
            {
                var (a, b) = (candidates.Movies[head[i]].Genres, candidates.Movies[head[j]].Genres);
                if (a.Length > 0 && b.Length > 0)
                {
                    var shared = a.Intersect(b).Count();
                    sum += 1 - ((double)shared / (a.Length + b.Length - shared));
                    pairs++;
                }
            }
        }

        return pairs == 0 ? 0 : sum / pairs;
    }

    private static double Discount(int rank) => 1 / Math.Log2(rank + 2);
}
