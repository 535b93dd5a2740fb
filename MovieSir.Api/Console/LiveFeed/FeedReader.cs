using MovieSir.Api.Console.Logs;

namespace MovieSir.Api.Console.LiveFeed;

/// <summary>
/// What has come into a company's log since the last look. Rows bear the time at which their call was admitted, so one that took long comes after
/// others that are younger: each look goes back over the time that a call may take, and passes over what it has given before.
/// </summary>
internal sealed class FeedReader(LogStore store, TimeProvider clock, Guid companyId, LogCursor? lastSeen)
{
    /// <summary>Rows of one look. Where more have come, the older ones of them are left out: the log has them all.</summary>
    private const int MostRows = 200;

    private static readonly TimeSpan LongestCall = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LongestAbsence = TimeSpan.FromMinutes(10);

    private readonly Dictionary<Guid, DateTimeOffset> _given = [];
    private bool _hasBegun;

    /// <summary>Rows that are new, the oldest first.</summary>
    public async Task<IReadOnlyList<LogRow>> LookAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var from = now - LongestCall;
        if (!_hasBegun && lastSeen is { } last && last.OccurredAt < from)
        {
            from = last.OccurredAt > now - LongestAbsence ? last.OccurredAt : now - LongestAbsence;
        }

        var rows = await store.PageAsync(new LogFilter { CompanyId = companyId, From = from }, MostRows, cancellationToken);
        var fresh = rows.Where(row => _given.TryAdd(row.LogId, row.OccurredAt)).Reverse().ToList();
        foreach (var (id, at) in _given)
        {
            if (at < now - LongestCall)
            {
                _given.Remove(id);
            }
        }

        if (_hasBegun)
        {
            return fresh;
        }

        _hasBegun = true;
        return lastSeen is { } seen ? [.. fresh.Where(row => IsAfter(row, seen))] : []; // else the feed begins now
    }

    private static bool IsAfter(LogRow row, LogCursor cursor) =>
        row.OccurredAt > cursor.OccurredAt || (row.OccurredAt == cursor.OccurredAt && row.LogId.CompareTo(cursor.LogId) > 0);
}
