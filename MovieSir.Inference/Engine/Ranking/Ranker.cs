using System.Diagnostics;
using Microsoft.Extensions.ObjectPool;
using MovieSir.Inference.Catalog;
using MovieSir.Inference.Numerics;
using MovieSir.Inference.Telemetry;

namespace MovieSir.Inference.Engine.Ranking;

/// <summary>A movie of a ranking, and how many standard deviations it lies above the average movie.</summary>
internal readonly record struct RankedRow(Row Row, float Score);

/// <summary>
/// Orders movies for a profile. No noise, no genre boost, no series rule, and movies without minutes or for adults take part. Signals are
/// standardized over the whole catalog, so a filter leaves movies out and changes the score of none.
/// </summary>
internal sealed class Ranker(ObjectPool<ScoringScratch> scratches)
{
    /// <param name="snapshot">The movies.</param>
    /// <param name="profile">Movie ids, oldest first. Like the disliked and the excluded ones they are not answered.</param>
    /// <param name="disliked">Movie ids.</param>
    /// <param name="excluded">Movie ids.</param>
    /// <param name="filter">What else is left out.</param>
    /// <param name="count">How many movies at most.</param>
    /// <returns>Best first.</returns>
    public RankedRow[] Rank(
        CatalogSnapshot snapshot,
        ReadOnlySpan<int> profile,
        ReadOnlySpan<int> disliked,
        ReadOnlySpan<int> excluded,
        CandidateFilter filter,
        int count)
    {
        var started = Stopwatch.GetTimestamp();
        using var activity = InferenceTelemetry.Source.StartActivity("rank");
        var scratch = scratches.Get();
        try
        {
            scratch.Profile.Read(snapshot, profile, disliked);
            var candidates = scratch.Candidates;
            candidates.Begin(snapshot, filter);
            candidates.Remove(snapshot, profile);
            candidates.Remove(snapshot, disliked);
            candidates.Remove(snapshot, excluded);
            candidates.List();
            candidates.KeepGenres(snapshot, filter.Genres);
            Scorer.ScoreAll(snapshot, scratch);
            // All movies were scored: a sum stands at its movie's row.
            var best = Array.ConvertAll(
                TopValues.Select(scratch.Signals.Sums, Row.Numbers(candidates.Rows), Math.Max(count, ShortList.MaximumMovies)), row => new Row(row));
            Scorer.OrderHead(snapshot, best, scratch);
            InferenceTelemetry.Record("rank", started, candidates.Count);
            return Array.ConvertAll(best[..Math.Min(count, best.Length)], row => new RankedRow(row, scratch.Signals.Sums[row.Index]));
        }
        finally
        {
            scratches.Return(scratch);
        }
    }
}
