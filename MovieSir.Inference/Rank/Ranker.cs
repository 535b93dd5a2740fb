using System.Diagnostics;
using Microsoft.Extensions.ObjectPool;
using MovieSir.Inference.Catalogue;
using MovieSir.Inference.Ranking;
using MovieSir.Inference.Recommend;
using MovieSir.ServiceDefaults.InferenceContract;

namespace MovieSir.Inference.Rank;

/// <summary>Orders films for a viewer. No noise, no genre boost, no series rule, and films without minutes or for adults take part.</summary>
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
            scratch.EnsureFilms(snapshot.Count, words, snapshot.SeriesCount);
            var viewer = Viewer.Of(snapshot, request.UserMovieIds, request.NegativeMovieIds, scorer.Options, scratch);
            var allowed = scratch.Allowed.AsSpan(0, words);
            filter.Apply(snapshot, allowed, scratch.Union.AsSpan(0, words));
            FilmSet.RemoveAll(allowed, snapshot, request.UserMovieIds);
            FilmSet.RemoveAll(allowed, snapshot, request.NegativeMovieIds);
            FilmSet.RemoveAll(allowed, snapshot, request.ExcludedIds);
            var count = filter.KeepGenres(snapshot, scratch.Candidates.AsSpan(0, FilmSet.CopyRows(allowed, scratch.Candidates)));
            scorer.ReadSignals(snapshot, viewer, scratch.Candidates.AsSpan(0, count), scratch);
            scorer.Combine(viewer.IsUnknown ? scorer.Options.UnknownViewer : scorer.Options.Rank, count, scratch);

            var best = TopFilms.Select(scratch.Sum.AsSpan(0, count), request.K);
            InferenceTelemetry.Record("rank", started, count);
            return new RankResponse
            {
                Movies = Array.ConvertAll(best, i => new RankedFilm(snapshot.MovieIds[scratch.Candidates[i]], scratch.Sum[i])),
                ModelVersion = snapshot.ModelVersion,
            };
        }
        finally
        {
            scratches.Return(scratch);
        }
    }
}
