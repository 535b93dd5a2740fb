using System.Diagnostics;
using Microsoft.Extensions.ObjectPool;
using MovieSir.Inference.Catalogue;
using MovieSir.Inference.Ranking;
using MovieSir.Inference.Recommend;
using MovieSir.ServiceDefaults.InferenceContract;

namespace MovieSir.Inference.Rank;

/// <summary>
/// Orders films for a viewer. No noise, no genre boost, no series rule, and films without minutes or for adults take part. Signals are standardised
/// over the whole catalogue, so a filter leaves films out and changes the score of none.
/// </summary>
internal sealed class Ranker(Scorer scorer, ObjectPool<ScoringScratch> scratches)
{
    public RankResponse Rank(CatalogueSnapshot snapshot, RankRequest request, FilmFilterQuery filter)
    {
        var started = Stopwatch.GetTimestamp();
        using var activity = InferenceTelemetry.Source.StartActivity("rank");
        var scratch = scratches.Get();
        try
        {
            var words = FilmSet.WordCount(snapshot.Count);
            scratch.EnsureFilms(snapshot);
            var viewer = Viewer.Of(snapshot, request.UserMovieIds, request.NegativeMovieIds, scorer.Options, scratch);
            var allowed = scratch.Allowed.AsSpan(0, words);
            filter.Apply(snapshot, allowed, scratch.Union.AsSpan(0, words));
            FilmSet.RemoveAll(allowed, snapshot, request.UserMovieIds);
            FilmSet.RemoveAll(allowed, snapshot, request.NegativeMovieIds);
            FilmSet.RemoveAll(allowed, snapshot, request.ExcludedIds);
            var count = filter.KeepGenres(snapshot, scratch.Candidates.AsSpan(0, FilmSet.CopyRows(allowed, scratch.Candidates)));
            scorer.ScoreAll(snapshot, viewer, scratch);
            var sums = scratch.Gathered.AsSpan(0, count);
            for (var i = 0; i < count; i++)
            {
                sums[i] = scratch.Sum[scratch.Candidates[i]];
            }

            var best = TopFilms.Select(sums, Math.Max(request.K, ShortListFeatures.MaximumFilms));
            foreach (ref var position in best.AsSpan())
            {
                position = scratch.Candidates[position];
            }

            scorer.OrderHead(snapshot, viewer, best, scratch);
            InferenceTelemetry.Record("rank", started, count);
            return new RankResponse
            {
                Movies = Array.ConvertAll(best[..Math.Min(request.K, best.Length)], row => new RankedFilm(snapshot.MovieIds[row], scratch.Sum[row])),
                ModelVersion = snapshot.ModelVersion,
            };
        }
        finally
        {
            scratches.Return(scratch);
        }
    }
}
