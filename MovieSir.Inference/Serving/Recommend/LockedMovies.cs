using System.Globalization;
using MovieSir.Inference.Catalog;
using MovieSir.Inference.Engine.Ranking;
using MovieSir.Inference.Engine.TimeFit;
using MovieSir.Inference.Numerics;
using MovieSir.ServiceDefaults.Http;
using MovieSir.ServiceDefaults.InferenceContract;

namespace MovieSir.Inference.Serving.Recommend;

/// <summary>
/// Movies that a caller wants to stay in a set, resolved against one snapshot. They pass whatever is a matter of taste (genres, services,
/// exclusions); what may never be answered is not answered here either.
/// </summary>
internal static class LockedMovies
{
    private const string InvalidLock = "INVALID_LOCK";
    private const string Field = "locked_movie_ids";

    /// <param name="snapshot">The movies.</param>
    /// <param name="request">The request.</param>
    /// <param name="filter">What it filters by.</param>
    /// <param name="viewers">What those who ask know.</param>
    /// <param name="locked">The movies.</param>
    /// <returns>The problem to answer with; null where every movie can stay.</returns>
    public static Problem<Status422>? Resolve(
        CatalogSnapshot snapshot, RecommendRequest request, CandidateFilter filter, ViewerMovies viewers, out Row[] locked)
    {
        locked = new Row[request.LockedMovieIds?.Length ?? 0];
        if (locked.Length == 0)
        {
            return null;
        }

        var open = new ulong[RowSet.WordCount(snapshot.Count)];
        RowSet.Fill(open, snapshot.Count);
        foreach (var movieIds in viewers.Known)
        {
            snapshot.RemoveFrom(open, movieIds);
        }

        var minutes = 0;
        for (var i = 0; i < locked.Length; i++)
        {
            var fault = snapshot.TryFind(request.LockedMovieIds![i], out locked[i])
                ? FaultOf(snapshot, locked[i], locked.AsSpan(0, i), filter, open)
                : "is no movie of this catalog.";
            if (fault is not null)
            {
                return Invalid(string.Create(CultureInfo.InvariantCulture, $"{Field}[{i}]"), fault);
            }

            minutes += snapshot.RuntimeMinutes[locked[i].Index];
        }

        var time = request.AvailableTime!.Value;
        return minutes > time
            ? Invalid(Field, $"take {minutes} minutes together, and there are {time}.")
            : locked.Length > TimeFitSolver.MaximumMovies(time)
            ? Invalid(Field, $"are {locked.Length} movies; a set for {time} minutes has at most {TimeFitSolver.MaximumMovies(time)}.")
            : null;
    }

    private static string? FaultOf(CatalogSnapshot snapshot, Row row, ReadOnlySpan<Row> before, CandidateFilter filter, ulong[] open)
    {
        foreach (var other in before)
        {
            if (row == other || snapshot.Twins.Of(row.Index).Contains(other.Index))
            {
                return "is a movie that is named before.";
            }
        }

        return filter.Forbidden is { } forbidden && RowSet.Contains(forbidden, row.Index) ? "is forbidden by a content rule."
            : !filter.AllowAdult && RowSet.Contains(snapshot.Adult, row.Index) ? "is for adults only, and allow_adult is false."
            : !RowSet.Contains(open, row.Index) ? "is known to the viewer as watched, liked or disliked: such movies are never answered."
            : !RowSet.Contains(snapshot.HasMinutes, row.Index) ? "has no running time that is known."
            : null;
    }

    private static Problem<Status422> Invalid(string field, string message) =>
        Problems.Invalid(InvalidLock, new Dictionary<string, string[]> { [field] = [message] });
}
