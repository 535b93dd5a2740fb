using System.Diagnostics;
using Microsoft.Extensions.ObjectPool;
using MovieSir.Inference.Catalog;
using MovieSir.Inference.Numerics;
using MovieSir.Inference.Telemetry;
using MovieSir.ServiceDefaults.InferenceContract;

namespace MovieSir.Inference.Engine.Ranking;

/// <summary>
/// Orders movies for a viewer. No noise, no genre boost, no series rule, and movies without minutes or for adults take part. Signals are standardized
/// over the whole catalog, so a filter leaves movies out and changes the score of none.
/// </summary>
internal sealed class Ranker(Scorer scorer, ObjectPool<ScoringScratch> scratches)
{
    public RankResponse Rank(CatalogSnapshot snapshot, RankRequest request, CandidateFilter filter)
    {
        var started = Stopwatch.GetTimestamp();
        using var activity = InferenceTelemetry.Source.StartActivity("rank");
        var scratch = scratches.Get();
        try
        {
            var words = RowSet.WordCount(snapshot.Count);
            scratch.EnsureMovies(snapshot);
            var viewer = Viewer.Of(snapshot, request.UserMovieIds, request.NegativeMovieIds, scorer.Options, scratch);
            var allowed = scratch.Allowed.AsSpan(0, words);
            filter.Apply(snapshot, allowed, scratch.Union.AsSpan(0, words));
            snapshot.RemoveFrom(allowed, request.UserMovieIds);
            snapshot.RemoveFrom(allowed, request.NegativeMovieIds);
            snapshot.RemoveFrom(allowed, request.ExcludedIds);
            var count = filter.KeepGenres(snapshot, scratch.Candidates.AsSpan(0, RowSet.CopyRows(allowed, scratch.Candidates)));
            scorer.ScoreAll(snapshot, viewer, scratch);
            var sums = scratch.Gathered.AsSpan(0, count);
            for (var i = 0; i < count; i++)
            {
                sums[i] = scratch.Sum[scratch.Candidates[i]];
            }

            var best = TopMovies.Select(sums, Math.Max(request.K, ShortListFeatures.MaximumMovies));
            foreach (ref var position in best.AsSpan())
            {
                position = scratch.Candidates[position];
            }

            scorer.OrderHead(snapshot, viewer, best, scratch);
            InferenceTelemetry.Record("rank", started, count);
            return new RankResponse
            {
                Movies = Array.ConvertAll(best[..Math.Min(request.K, best.Length)], row => new RankedMovie(snapshot.MovieIds[row], scratch.Sum[row])),
                ModelVersion = snapshot.ModelVersion,
            };
        }
        finally
        {
            scratches.Return(scratch);
        }
    }
}
