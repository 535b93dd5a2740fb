using MovieSir.Api.Movies;

namespace MovieSir.Api.Traveller.MyPage;

/// <summary>A line that names no movie of the catalog.</summary>
internal sealed record UnmatchedLine(int Line, string? Title, int? Year);

/// <summary>What became of a history.</summary>
internal sealed record ImportAnswer
{
    /// <summary>Lines that name a movie.</summary>
    public required int Read { get; init; }

    /// <summary>Lines whose movie the catalog has.</summary>
    public required int Matched { get; init; }

    /// <summary>Movies that are new to the caller's watched ones.</summary>
    public required int Added { get; init; }

    /// <summary>Movies that were there already. What was said of them before stays.</summary>
    public required int AlreadyThere { get; init; }

    public required int UnmatchedCount { get; init; }

    /// <summary>The first 500 of them.</summary>
    public required IReadOnlyList<UnmatchedLine> Unmatched { get; init; }
}

/// <summary>Makes the history of another service a traveller's own.</summary>
internal sealed class HistoryImport(MovieMatchStore movies, HistoryStore history, TimeProvider clock)
{
    private const int UnmatchedShown = 500;

    public async Task<ImportAnswer> AddAsync(Guid travellerId, IReadOnlyList<HistoryLine> lines, CancellationToken cancellationToken)
    {
        var found = await movies.FindAsync([.. lines.Select(line => line.Movie)], cancellationToken);
        var watched = found.OrderBy(pair => pair.Key).GroupBy(pair => pair.Value, pair => lines[pair.Key]).Select(Together).ToList();
        var known = watched.Count > 0 ? await history.AddAsync(travellerId, watched, clock.GetUtcNow(), cancellationToken) : 0;
        var unmatched = Enumerable.Range(0, lines.Count).Where(place => !found.ContainsKey(place)).Select(place => lines[place]).ToList();
        return new ImportAnswer
        {
            Read = lines.Count,
            Matched = found.Count,
            Added = watched.Count - known,
            AlreadyThere = known,
            UnmatchedCount = unmatched.Count,
            Unmatched = [.. unmatched.Take(UnmatchedShown).Select(line => new UnmatchedLine(line.Number, line.Movie.Title, line.Movie.Year))],
        };
    }

    // A movie that was seen more than once: the stars that were given last, the last day.
    private static WatchedLine Together(IGrouping<int, HistoryLine> lines) => new(
        lines.Key, lines.OrderBy(line => line.WatchedOn ?? DateOnly.MinValue).Select(line => line.Rating).LastOrDefault(rating => rating is not null),
        lines.Max(line => line.WatchedOn));
}
