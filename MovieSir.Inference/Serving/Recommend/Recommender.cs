using System.Diagnostics;
using Microsoft.Extensions.ObjectPool;
using Microsoft.Extensions.Options;
using MovieSir.Inference.Catalog;
using MovieSir.Inference.Engine.Ranking;
using MovieSir.Inference.Engine.TimeFit;
using MovieSir.Inference.Telemetry;
using MovieSir.ServiceDefaults.InferenceContract;

namespace MovieSir.Inference.Serving.Recommend;

/// <summary>
/// Fills a time twice: track A by taste among the preferred genres, track B by discovery among all. Movies are scored once for both, on the movies
/// that pass the filters both share, for each viewer; each track then has its own weights, exclusions and exact time fit.
/// </summary>
internal sealed class Recommender(ObjectPool<RecommendScratch> scratches, IOptions<TimeFitOptions> timeFit)
{
    private const string TasteLabel = "선호 장르 맞춤 추천";
    private const string DiscoveryLabel = "장르 확장 추천";

    // Shares of the replaced movie's minutes, in per cent, that a replacement must at least have: by fallback level.
    private static readonly int[] FallbackPercents = [90, 70, 0];

    /// <param name="snapshot">The movies.</param>
    /// <param name="request">The request.</param>
    /// <param name="filter">What it filters by.</param>
    /// <param name="viewers">Whom it is for.</param>
    /// <param name="locked">Movies that stay in the set of the request's locked track.</param>
    public RecommendResponse Recommend(
        CatalogSnapshot snapshot, RecommendRequest request, CandidateFilter filter, ViewerMovies viewers, Row[] locked)
    {
        var started = Stopwatch.GetTimestamp();
        using var activity = InferenceTelemetry.Source.StartActivity("recommend");
        var minutes = request.AvailableTime!.Value;
        var seed = request.Seed ?? Random.Shared.NextInt64();
        var scratch = scratches.Get();
        try
        {
            ReadSignals(snapshot, viewers, filter, minutes, locked, scratch);
            var lockedInB = request.LockedTrack == Track.B;

            Span<Row> rowsOfA = stackalloc Row[TimeFitSolver.AbsoluteMaximumMovies];
            scratch.Track.Begin(snapshot, request.ExcludedIdsA, lockedInB ? locked : [], lockedInB ? [] : locked);
            ScoreTrack(snapshot, request, scratch, discovery: false, filter);
            var trackA = FillTrack(snapshot, TasteLabel, minutes, seed, scratch, ref rowsOfA);

            Span<Row> rowsOfB = stackalloc Row[TimeFitSolver.AbsoluteMaximumMovies];
            scratch.Track.Begin(snapshot, request.ExcludedIdsB, rowsOfA, lockedInB ? locked : []);
            ScoreTrack(snapshot, request, scratch, discovery: true, genres: null);
            var trackB = FillTrack(snapshot, DiscoveryLabel, minutes, seed, scratch, ref rowsOfB);

            var count = scratch.Scoring.Candidates.Count;
            activity?.SetTag("moviesir.candidates", count).SetTag("moviesir.model_version", snapshot.ModelVersion);
            InferenceTelemetry.Record("recommend", started, count);
            return new RecommendResponse
            {
                TrackA = trackA,
                TrackB = trackB,
                ElapsedTime = Stopwatch.GetElapsedTime(started).TotalSeconds,
                ModelVersion = snapshot.ModelVersion,
            };
        }
        finally
        {
            scratches.Return(scratch);
        }
    }

    /// <returns>Null where no movie passes.</returns>
    public SingleMovieAnswer? RecommendSingle(CatalogSnapshot snapshot, RecommendSingleRequest request, CandidateFilter filter, ViewerMovies viewers)
    {
        var started = Stopwatch.GetTimestamp();
        using var activity = InferenceTelemetry.Source.StartActivity("recommend_single");
        var minutes = request.TargetRuntime!.Value;
        var discovery = request.Track!.Value == Track.B;
        var scratch = scratches.Get();
        try
        {
            ReadSignals(snapshot, viewers, filter, minutes, [], scratch);
            scratch.Track.Begin(snapshot, request.ExcludedIds, [], []);
            ScoreTrack(snapshot, request, scratch, discovery, discovery ? null : filter);
            scratch.Fit.DrawNoise(snapshot, scratch.Track, request.Seed ?? Random.Shared.NextInt64());
            InferenceTelemetry.Record("recommend_single", started, scratch.Track.Count);
            for (var level = 0; level < FallbackPercents.Length; level++)
            {
                var least = ((minutes * FallbackPercents[level]) + 99) / 100;
                if (scratch.Fit.ChooseOne(snapshot, scratch.Track, least, timeFit.Value) is { } chosen)
                {
                    return new SingleMovieAnswer(Answer(snapshot, chosen, scratch), level);
                }
            }

            return null;
        }
        finally
        {
            scratches.Return(scratch);
        }
    }

    /// <summary>
    /// Reads the signals of the candidates that both tracks share: what passes the filters, fits the time, and is not known to a viewer; and what is
    /// locked.
    /// </summary>
    private static void ReadSignals(
        CatalogSnapshot snapshot, ViewerMovies viewers, CandidateFilter filter, int minutes, Row[] locked, RecommendScratch scratch)
    {
        var candidates = scratch.Scoring.Candidates;
        candidates.Begin(snapshot, filter);
        candidates.Keep(snapshot.HasMinutes);
        foreach (var movieIds in viewers.Known)
        {
            candidates.Remove(snapshot, movieIds);
        }

        foreach (var row in locked)
        {
            // Of twins it is this one that stays.
            candidates.Remove(snapshot, row);
            candidates.Add(row);
        }

        candidates.List();
        candidates.KeepUpTo(snapshot, minutes);
        scratch.Scoring.Profile.Read(snapshot, viewers.First, viewers.Disliked);
        SignalReader.Read(snapshot, candidates.Rows, scratch.Scoring);
        if (viewers.AreTwo)
        {
            scratch.Second.Profile.Read(snapshot, viewers.Second, viewers.Disliked);
            SignalReader.Read(snapshot, candidates.Rows, scratch.Second);
        }
    }

    private static void ScoreTrack(
        CatalogSnapshot snapshot, ViewerFilter request, RecommendScratch scratch, bool discovery, CandidateFilter? genres)
    {
        var first = Combine(snapshot, scratch.Scoring, discovery);
        var sums = request.Groups is null ? ViewerSums.OfOne(first)
            : request.GroupMode == GroupMode.Compromise ? ViewerSums.Mean(first, Combine(snapshot, scratch.Second, discovery))
            : ViewerSums.Lower(first, Combine(snapshot, scratch.Second, discovery));
        scratch.Track.Score(snapshot, scratch.Scoring.Candidates.Rows, sums, genres);
    }

    private static Span<float> Combine(CatalogSnapshot snapshot, ScoringScratch scoring, bool discovery)
    {
        Scorer.Combine(snapshot, Scorer.TrackWeights(snapshot, scoring.Profile, discovery), scoring.Signals);
        return scoring.Signals.Sums;
    }

    /// <param name="snapshot">Whose rows.</param>
    /// <param name="label">Name of the track.</param>
    /// <param name="minutes">The time to fill.</param>
    /// <param name="seed">Of the noise.</param>
    /// <param name="scratch">With the track's candidates and their scores.</param>
    /// <param name="rows">Has room for the largest set; becomes the movies that are answered.</param>
    private TrackAnswer FillTrack(CatalogSnapshot snapshot, string label, int minutes, long seed, RecommendScratch scratch, ref Span<Row> rows)
    {
        Span<Position> chosen = stackalloc Position[TimeFitSolver.AbsoluteMaximumMovies];
        scratch.Fit.DrawNoise(snapshot, scratch.Track, seed);
        var fit = scratch.Fit.Choose(snapshot, scratch.Track, minutes, timeFit.Value, ref chosen);
        SortByScore(chosen, scratch.Track.AllScores);
        rows = rows[..chosen.Length];
        var movies = new MovieAnswer[chosen.Length];
        for (var i = 0; i < chosen.Length; i++)
        {
            rows[i] = scratch.Track.RowAt(chosen[i]);
            movies[i] = Answer(snapshot, chosen[i], scratch);
        }

        return new TrackAnswer { Label = label, Movies = movies, TotalRuntime = fit.TotalMinutes, FillsTime = fit.FillsTime };
    }

    private static MovieAnswer Answer(CatalogSnapshot snapshot, Position chosen, RecommendScratch scratch)
    {
        var row = scratch.Track.RowAt(chosen);
        // Of two viewers, the one who likes the movie more has the better reason.
        var scoring = scratch.Track.IsRatherForSecond(chosen) ? scratch.Second : scratch.Scoring;
        return MovieAnswers.Of(snapshot, row, scratch.Track.ScoreAt(chosen), Scorer.Because(snapshot, row, scoring));
    }

    private static void SortByScore(Span<Position> positions, ReadOnlySpan<float> scores)
    {
        for (var i = 1; i < positions.Length; i++)
        {
            var position = positions[i];
            var place = i;
            for (; place > 0 && scores[positions[place - 1].Index] < scores[position.Index]; place--)
            {
                positions[place] = positions[place - 1];
            }

            positions[place] = position;
        }
    }
}
