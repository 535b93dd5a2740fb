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
/// Movies like one movie. The score is the mean of two z-scores, of the cosines of embeddings and of item factors, each over the movies that have
/// them: how many standard deviations more alike than the average movie. What a movie or the asked one lacks counts as average.
/// </summary>
internal sealed class SimilarMovies(ObjectPool<SimilarScratch> scratches)
{
    /// <param name="snapshot">The movies.</param>
    /// <param name="row">What the others shall be like.</param>
    /// <param name="k">How many at most.</param>
    /// <param name="filter">What may be answered.</param>
    public MovieAnswer[] Find(CatalogSnapshot snapshot, Row row, int k, CandidateFilter filter)
    {
        var started = Stopwatch.GetTimestamp();
        using var activity = InferenceTelemetry.Source.StartActivity("similar");
        var scratch = scratches.Get();
        try
        {
            var candidates = scratch.Candidates;
            candidates.Begin(snapshot, filter);
            candidates.Remove(snapshot, row);
            candidates.List();
            var sums = scratch.BeginSums(candidates.Count);
            var (embeddings, model) = (snapshot.Embeddings, snapshot.Model);
            var byEmbedding = embeddings?.Has(row.Index) == true && AddCosines(embeddings.Vectors, embeddings.Present, row, sums, scratch);
            var byFactors = model?.Has(row.Index) == true && AddCosines(model.Factors, model.Present, row, sums, scratch);
            var best = byEmbedding || byFactors ? TopValues.Select(sums, k) : [];
            var movies = new MovieAnswer[best.Length];
            for (var i = 0; i < best.Length; i++)
            {
                movies[i] = MovieAnswers.Of(snapshot, candidates.Rows[best[i]], sums[best[i]]);
            }

            InferenceTelemetry.Record("similar", started, candidates.Count);
            return movies;
        }
        finally
        {
            scratches.Return(scratch);
        }
    }

    private static bool AddCosines(FloatMatrix matrix, ReadOnlySpan<ulong> present, Row row, Span<float> sums, SimilarScratch scratch)
    {
        var known = scratch.Known;
        known.Select(scratch.Candidates.Rows, present);
        var cosines = known.Values;
        SimilarityKernel.Dot(matrix, Row.Numbers(known.Rows), matrix.Row(row.Index), cosines);
        for (var i = 0; i < cosines.Length; i++)
        {
            cosines[i] /= TensorPrimitives.Norm<float>(matrix.Row(known.Rows[i].Index));
        }

        Standard.Standardize(cosines);
        for (var i = 0; i < cosines.Length; i++)
        {
            sums[known.Positions[i].Index] += 0.5f * cosines[i];
        }

        return cosines.Length > 0;
    }
}
