using System.Diagnostics;
using System.Numerics;
using System.Numerics.Tensors;
using Microsoft.Extensions.ObjectPool;
using Microsoft.Extensions.Options;
using MovieSir.Inference.Catalog;
using MovieSir.Inference.Engine.Ranking;
using MovieSir.Inference.Engine.TimeFit;
using MovieSir.Inference.Numerics;
using MovieSir.Inference.Telemetry;
using MovieSir.ServiceDefaults.InferenceContract;

namespace MovieSir.Inference.Serving.Recommend;

/// <summary>
/// Fills a viewer's time twice: track A by taste among the preferred genres, track B by discovery among all. Movies are scored once for both, on the
/// movies that pass the filters both share; each track then has its own weights, exclusions and exact time fit.
/// </summary>
internal sealed class Recommender(Scorer scorer, ObjectPool<ScoringScratch> scratches, IOptions<TimeFitOptions> timeFit)
{
    private const string TasteLabel = "선호 장르 맞춤 추천";
    private const string DiscoveryLabel = "장르 확장 추천";

    // Shares of the replaced movie's minutes, in per cent, that a replacement must at least have: by fallback level.
    private static readonly int[] FallbackPercents = [90, 70, 0];

    // How often noise that costs too much is weakened, and to what part of itself, before an answer goes without.
    private const int NoiseStrengths = 7;
    private const float WeakerNoise = 0.7f;

    private readonly ObjectPool<TimeFitSolver> _solvers = ObjectPool.Create<TimeFitSolver>();

    public RecommendResponse Recommend(CatalogSnapshot snapshot, RecommendRequest request, CandidateFilter filter)
    {
        var started = Stopwatch.GetTimestamp();
        using var activity = InferenceTelemetry.Source.StartActivity("recommend");
        var minutes = request.AvailableTime!.Value;
        var seed = request.Seed ?? Random.Shared.NextInt64();
        var scratch = scratches.Get();
        try
        {
            var viewer = Begin(snapshot, request, scratch);
            var count = SelectFitting(snapshot, request, filter, minutes, scratch);
            var rows = scratch.Candidates.AsSpan(0, count);
            scorer.ReadSignals(snapshot, viewer, rows, scratch);

            Span<int> chosenA = stackalloc int[TimeFitSolver.AbsoluteMaximumMovies];
            Exclude(snapshot, request.ExcludedIdsA, [], scratch);
            scorer.Combine(scorer.TrackWeights(snapshot, viewer, discovery: false), count, scratch);
            var trackA = FillTrack(snapshot, viewer, TasteLabel, minutes, seed, filter, count, scratch, ref chosenA);

            Span<int> chosenB = stackalloc int[TimeFitSolver.AbsoluteMaximumMovies];
            Exclude(snapshot, request.ExcludedIdsB, chosenA, scratch);
            scorer.Combine(scorer.TrackWeights(snapshot, viewer, discovery: true), count, scratch);
            var trackB = FillTrack(snapshot, viewer, DiscoveryLabel, minutes, seed, null, count, scratch, ref chosenB);

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
    public SingleMovieAnswer? RecommendSingle(CatalogSnapshot snapshot, RecommendSingleRequest request, CandidateFilter filter)
    {
        var started = Stopwatch.GetTimestamp();
        using var activity = InferenceTelemetry.Source.StartActivity("recommend_single");
        var target = request.TargetRuntime!.Value;
        var track = request.Track!.Value;
        var scratch = scratches.Get();
        try
        {
            var viewer = Begin(snapshot, request, scratch);
            var count = SelectFitting(snapshot, request, filter, target, scratch);
            scorer.ReadSignals(snapshot, viewer, scratch.Candidates.AsSpan(0, count), scratch);
            Exclude(snapshot, request.ExcludedIds, [], scratch);
            scorer.Combine(scorer.TrackWeights(snapshot, viewer, track == Track.B), count, scratch);
            var candidates = ScoreTrack(snapshot, track == Track.A ? filter : null, count, scratch);
            FillNoise(snapshot, request.Seed ?? Random.Shared.NextInt64(), candidates, scratch);
            InferenceTelemetry.Record("recommend_single", started, candidates);
            for (var level = 0; level < FallbackPercents.Length; level++)
            {
                var best = BestFrom(snapshot, ((target * FallbackPercents[level]) + 99) / 100, candidates, scratch);
                if (best >= 0)
                {
                    var row = scratch.Rows[best];
                    var movie = MovieAnswers.Of(snapshot, row, scratch.Score[best], Scorer.Because(snapshot, viewer, row, scratch));
                    return new SingleMovieAnswer(movie, level);
                }
            }

            return null;
        }
        finally
        {
            scratches.Return(scratch);
        }
    }

    private Viewer Begin(CatalogSnapshot snapshot, MovieFilter request, ScoringScratch scratch)
    {
        scratch.EnsureMovies(snapshot);
        return Viewer.Of(snapshot, request.UserMovieIds, request.NegativeMovieIds, scorer.Options, scratch);
    }

    /// <summary>Writes the candidates that both tracks share to the scratch: what passes the filters, fits the time, and is neither watched nor disliked.</summary>
    private static int SelectFitting(
        CatalogSnapshot snapshot, MovieFilter request, CandidateFilter filter, int minutes, ScoringScratch scratch)
    {
        var words = RowSet.WordCount(snapshot.Count);
        var allowed = scratch.Allowed.AsSpan(0, words);
        filter.Apply(snapshot, allowed, scratch.Union.AsSpan(0, words));
        for (var word = 0; word < words; word++)
        {
            allowed[word] &= snapshot.HasMinutes[word];
        }

        snapshot.RemoveFrom(allowed, request.UserMovieIds);
        snapshot.RemoveFrom(allowed, request.NegativeMovieIds);
        var count = RowSet.CopyRows(allowed, scratch.Candidates);
        var fitting = 0;
        foreach (var row in scratch.Candidates.AsSpan(0, count))
        {
            if (snapshot.RuntimeMinutes[row] <= minutes)
            {
                scratch.Candidates[fitting++] = row;
            }
        }

        return fitting;
    }

    /// <summary>Leaves in the scratch's set of allowed movies those that a track may use.</summary>
    private static void Exclude(CatalogSnapshot snapshot, ReadOnlySpan<int> movieIds, ReadOnlySpan<int> rows, ScoringScratch scratch)
    {
        var allowed = scratch.Allowed.AsSpan(0, RowSet.WordCount(snapshot.Count));
        RowSet.Fill(allowed, snapshot.Count);
        snapshot.RemoveFrom(allowed, movieIds);
        foreach (var row in rows)
        {
            snapshot.RemoveFrom(allowed, row);
        }
    }

    private TrackAnswer FillTrack(
        CatalogSnapshot snapshot,
        in Viewer viewer,
        string label,
        int minutes,
        long seed,
        CandidateFilter? genres,
        int count,
        ScoringScratch scratch,
        ref Span<int> chosen)
    {
        var fit = FitVaried(snapshot, ScoreTrack(snapshot, genres, count, scratch), minutes, seed, scratch, ref chosen);
        SortByScore(chosen, scratch.Score);
        var movies = new MovieAnswer[chosen.Length];
        for (var i = 0; i < chosen.Length; i++)
        {
            var position = chosen[i];
            chosen[i] = scratch.Rows[position];
            movies[i] = MovieAnswers.Of(snapshot, chosen[i], scratch.Score[position], Scorer.Because(snapshot, viewer, chosen[i], scratch));
        }

        return new TrackAnswer { Label = label, Movies = movies, TotalRuntime = fit.TotalMinutes, FillsTime = fit.FillsTime };
    }

    /// <summary>
    /// Chooses the movies of a track by noisy scores: the optimum for the strongest noise at which it costs no more than
    /// <see cref="TimeFitOptions.MeanFloor"/> allows, or else the optimum itself. Leaves their positions among the track's candidates.
    /// </summary>
    private TimeFitResult FitVaried(
        CatalogSnapshot snapshot, int candidates, int minutes, long seed, ScoringScratch scratch, ref Span<int> chosen)
    {
        var scores = scratch.Score.AsSpan(0, candidates);
        var noise = scratch.Gathered.AsSpan(0, candidates);
        var noisy = scratch.Noisy.AsSpan(0, candidates);
        FillNoise(snapshot, seed, candidates, scratch);
        var best = candidates == 0 ? 0f : TensorPrimitives.Max<float>(scores);
        var amplitude = timeFit.Value.NoiseBound * best;
        Span<int> varied = stackalloc int[chosen.Length];
        Span<int> optimal = stackalloc int[chosen.Length];
        TimeFitResult? optimum = null;
        for (var weakened = 0; amplitude > 0f && weakened < NoiseStrengths; weakened++, amplitude *= WeakerNoise)
        {
            TensorPrimitives.MultiplyAdd(noise, amplitude, scores, noisy);
            var set = varied;
            var fit = Fit(snapshot, candidates, minutes, scratch, ref set);
            var mean = MeanScore(set, scores);
            // No set's mean is above the best movie: most answers need no second solution to know that they are good enough.
            if (!fit.FillsTime || mean < timeFit.Value.MeanFloor * best)
            {
                optimum ??= FitBest(snapshot, candidates, minutes, scratch, ref optimal);
                if (fit.FillsTime != optimum.Value.FillsTime
                    || (!fit.FillsTime && fit.TotalMinutes < optimum.Value.TotalMinutes)
                    || mean < timeFit.Value.MeanFloor * MeanScore(optimal, scores))
                {
                    continue;
                }
            }

            chosen = chosen[..set.Length];
            set.CopyTo(chosen);
            return fit;
        }

        optimum ??= FitBest(snapshot, candidates, minutes, scratch, ref optimal);
        chosen = chosen[..optimal.Length];
        optimal.CopyTo(chosen);
        return optimum.Value;
    }

    private TimeFitResult FitBest(CatalogSnapshot snapshot, int candidates, int minutes, ScoringScratch scratch, ref Span<int> chosen)
    {
        scratch.Score.AsSpan(0, candidates).CopyTo(scratch.Noisy);
        return Fit(snapshot, candidates, minutes, scratch, ref chosen);
    }

    /// <summary>Noise of the track's candidates, where their sums stood.</summary>
    private static void FillNoise(CatalogSnapshot snapshot, long seed, int candidates, ScoringScratch scratch) =>
        SeededNoise.Fill(scratch.Gathered.AsSpan(0, candidates), scratch.Rows.AsSpan(0, candidates), snapshot.MovieIds, snapshot.Series, seed);

    private static float MeanScore(ReadOnlySpan<int> positions, ReadOnlySpan<float> scores)
    {
        var sum = 0f;
        foreach (var position in positions)
        {
            sum += scores[position];
        }

        return positions.IsEmpty ? 0f : sum / positions.Length;
    }

    /// <summary>
    /// Chooses the movies of a track: exactly, from the best candidates where those decide it, or else from all. Leaves their positions among the
    /// track's candidates.
    /// </summary>
    private TimeFitResult Fit(CatalogSnapshot snapshot, int candidates, int minutes, ScoringScratch scratch, ref Span<int> chosen)
    {
        var all = chosen;
        var solver = _solvers.Get();
        var leastScore = BestCandidates.LeastScore(scratch.Noisy.AsSpan(0, candidates));
        while (true)
        {
            var best = BestCandidates.Select(snapshot, candidates, leastScore, scratch);
            if (solver.TrySolve(
                scratch.Minutes.AsSpan(0, best), scratch.BestNoisy.AsSpan(0, best), leastScore, minutes, timeFit.Value.FillWeight, all, out var fit))
            {
                chosen = all[..fit.MovieCount];
                foreach (ref var position in chosen)
                {
                    position = scratch.Best[position];
                }

                _solvers.Return(solver);
                return fit;
            }

            leastScore = float.NegativeInfinity;
        }
    }

    /// <summary>
    /// From the combined signals of all candidates to the scores of one track's: those of the preferred genres that the track may use, standardized
    /// among themselves. In the scratch: rows and scores.
    /// </summary>
    private int ScoreTrack(CatalogSnapshot snapshot, CandidateFilter? genres, int count, ScoringScratch scratch)
    {
        var mask = genres?.Genres ?? 0UL;
        var (allowed, genreMasks) = (scratch.Allowed, snapshot.GenreMasks);
        var candidates = scratch.Candidates.AsSpan(0, count);
        var combined = scratch.Sum.AsSpan(0, count);
        var ofTrack = scratch.Rows.AsSpan(0, count);
        var gathered = scratch.Gathered.AsSpan(0, count);
        var used = 0;
        // Written always and counted where wanted: no branch to mispredict.
        for (var i = 0; i < candidates.Length; i++)
        {
            var row = candidates[i];
            ofTrack[used] = row;
            gathered[used] = combined[i];
            used += ((mask == 0) | ((genreMasks[row] & mask) != 0)) & RowSet.Contains(allowed, row) ? 1 : 0;
        }

        var rows = scratch.Rows.AsSpan(0, used);
        var sums = scratch.Gathered.AsSpan(0, used);
        var scores = scratch.Score.AsSpan(0, used);
        Scorer.Standardize(sums);
        Scorer.ToScores(sums, scores);
        if (genres?.GenreCount >= 2)
        {
            // By how many of the preferred genres a movie has.
            Span<float> boosts = stackalloc float[genres.GenreCount + 1];
            for (var shared = 0; shared < boosts.Length; shared++)
            {
                boosts[shared] = 1f + (scorer.Options.GenreBoost * shared / genres.GenreCount);
            }

            for (var i = 0; i < used; i++)
            {
                scores[i] *= boosts[BitOperations.PopCount(genreMasks[rows[i]] & mask)];
            }
        }

        return used;
    }

    /// <summary>
    /// Position of the movie of at least so many minutes that is best by noisy score, of those whose score is within
    /// <see cref="TimeFitOptions.MeanFloor"/> of the best one's; -1 where there is none.
    /// </summary>
    private int BestFrom(CatalogSnapshot snapshot, int minimumMinutes, int candidates, ScoringScratch scratch)
    {
        var best = 0f;
        for (var i = 0; i < candidates; i++)
        {
            best = snapshot.RuntimeMinutes[scratch.Rows[i]] >= minimumMinutes ? Math.Max(best, scratch.Score[i]) : best;
        }

        var (chosen, highest) = (-1, float.NegativeInfinity);
        for (var i = 0; i < candidates; i++)
        {
            var noisy = scratch.Score[i] + (timeFit.Value.NoiseBound * best * scratch.Gathered[i]);
            if (noisy > highest && scratch.Score[i] >= timeFit.Value.MeanFloor * best && snapshot.RuntimeMinutes[scratch.Rows[i]] >= minimumMinutes)
            {
                (chosen, highest) = (i, noisy);
            }
        }

        return chosen;
    }

    private static void SortByScore(Span<int> positions, float[] scores)
    {
        for (var i = 1; i < positions.Length; i++)
        {
            var position = positions[i];
            var place = i;
            for (; place > 0 && scores[positions[place - 1]] < scores[position]; place--)
            {
                positions[place] = positions[place - 1];
            }

            positions[place] = position;
        }
    }
}
