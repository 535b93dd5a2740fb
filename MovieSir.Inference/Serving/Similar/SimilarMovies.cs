using System.Diagnostics;
using System.Numerics.Tensors;
using Microsoft.Extensions.ObjectPool;
using MovieSir.Inference.Catalog;
using MovieSir.Inference.Engine.Ranking;
using MovieSir.Inference.Numerics;
using MovieSir.Inference.Telemetry;
using MovieSir.ServiceDefaults.InferenceContract;

namespace MovieSir.Inference.Serving.Similar;

/// <summary>
/// Movies like one movie: the mean of the z-scores of the cosines of their embeddings and of their item factors, over the movies that have each; where a
/// movie or the asked one lacks one of the two, the other alone speaks and the missing one counts as average. The mean is the score: how many standard deviations more alike than the average movie.
/// </summary>
internal sealed class SimilarMovies(ObjectPool<ScoringScratch> scratches)
{
    /// <param name="snapshot">The movies.</param>
    /// <param name="row">The movie that the others shall be like.</param>
    /// <param name="k">How many at most.</param>
    /// <param name="filter">What may be answered.</param>
    public MovieAnswer[] Find(CatalogSnapshot snapshot, int row, int k, CandidateFilter filter)
    {
        var started = Stopwatch.GetTimestamp();
        using var activity = InferenceTelemetry.Source.StartActivity("similar");
        var scratch = scratches.Get();
        try
        {
            var words = RowSet.WordCount(snapshot.Count);
            scratch.EnsureMovies(snapshot);
            var allowed = scratch.Allowed.AsSpan(0, words);
            filter.Apply(snapshot, allowed, scratch.Union.AsSpan(0, words));
            snapshot.RemoveFrom(allowed, row);
            var candidates = RowSet.CopyRows(allowed, scratch.Candidates);
            var sum = scratch.Sum.AsSpan(0, candidates);
            sum.Clear();
            var byEmbedding = snapshot.Embeddings is { } embeddings && embeddings.Has(row)
                && AddCosines(embeddings.Vectors, embeddings.Has, row, candidates, scratch);
            var byFactors = snapshot.Model is { } model && model.Has(row) && AddCosines(model.Factors, model.Has, row, candidates, scratch);
            var best = byEmbedding || byFactors ? TopMovies.Select(scratch.Sum.AsSpan(0, candidates), k) : [];
            InferenceTelemetry.Record("similar", started, candidates);
            return Array.ConvertAll(best, i => MovieAnswers.Of(snapshot, scratch.Candidates[i], scratch.Sum[i]));
        }
        finally
        {
            scratches.Return(scratch);
        }
    }

    private static bool AddCosines(FloatMatrix matrix, Func<int, bool> has, int row, int candidates, ScoringScratch scratch)
    {
        var known = 0;
        for (var i = 0; i < candidates; i++)
        {
            if (has(scratch.Candidates[i]))
            {
                scratch.Rows[known] = scratch.Candidates[i];
                scratch.Positions[known++] = i;
            }
        }

        var cosines = scratch.Gathered.AsSpan(0, known);
        SimilarityKernel.Dot(matrix, scratch.Rows.AsSpan(0, known), matrix.Row(row), cosines);
        for (var i = 0; i < known; i++)
        {
            cosines[i] /= TensorPrimitives.Norm<float>(matrix.Row(scratch.Rows[i]));
        }

        Scorer.Standardize(cosines);
        for (var i = 0; i < known; i++)
        {
            scratch.Sum[scratch.Positions[i]] += 0.5f * cosines[i];
        }

        return known > 0;
    }
}
