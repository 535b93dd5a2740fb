namespace MovieSir.Api.Console.Usage;

/// <summary>Calls of several days.</summary>
/// <param name="Calls">Calls that were answered.</param>
/// <param name="Charged">Those that count against the quota.</param>
/// <param name="ClientErrors">Those that were answered 4xx.</param>
/// <param name="ServerErrors">Those that were answered 5xx.</param>
/// <param name="SuccessRate">Share of those that ended in no error; null where there were none.</param>
internal sealed record UsageTotals(long Calls, long Charged, long ClientErrors, long ServerErrors, double? SuccessRate)
{
    public static UsageTotals Of(IReadOnlyCollection<CallSums> days)
    {
        var (calls, client, server) = (days.Sum(day => day.Calls), days.Sum(day => day.ClientErrors), days.Sum(day => day.ServerErrors));
        return new UsageTotals(calls, days.Sum(day => day.Charged), client, server, SuccessRateOf(calls, client + server));
    }

    public static double? SuccessRateOf(long calls, long errors) => calls == 0 ? null : (double)(calls - errors) / calls;
}

/// <summary>Calls of one day in Seoul.</summary>
internal sealed record UsageDayAnswer(DateOnly Date, long Calls, long Charged, long ClientErrors, long ServerErrors);

/// <summary>Usage by day.</summary>
/// <param name="From">The first day in Seoul.</param>
/// <param name="To">The last one, which is today.</param>
/// <param name="Days">The oldest first.</param>
/// <param name="Totals">Of these days.</param>
/// <param name="Previous">Of as many days before them.</param>
internal sealed record UsageAnswer(DateOnly From, DateOnly To, IReadOnlyList<UsageDayAnswer> Days, UsageTotals Totals, UsageTotals Previous);

internal sealed record EndpointUsageList(IReadOnlyList<EndpointUsage> Endpoints);

internal sealed record KeyUsageList(IReadOnlyList<KeyUsage> Keys);

/// <summary>How long calls of one day took.</summary>
internal sealed record LatencyDay(DateOnly Date, long Calls, double? AverageMs, double? P50Ms, double? P95Ms, double? P99Ms);

/// <summary>How long calls took, by day and in all. Percentiles come from a histogram and are within 3.6 % of what calls took.</summary>
internal sealed record ResponseTimes(IReadOnlyList<LatencyDay> Days, Latency Total)
{
    /// <param name="days">Sums of the days.</param>
    /// <param name="percentiles">Their percentiles, and those of all.</param>
    public static ResponseTimes Of(IReadOnlyList<CallSums> days, IReadOnlyList<Percentiles> percentiles) => new(
        [.. days.Select(day => OfDay(day.Day, Of([day], percentiles, day.Day)))], Of(days, percentiles, null));

    private static LatencyDay OfDay(DateOnly day, Latency latency) =>
        new(day, latency.Calls, latency.AverageMs, latency.P50Ms, latency.P95Ms, latency.P99Ms);

    private static Latency Of(IReadOnlyCollection<CallSums> days, IReadOnlyList<Percentiles> percentiles, DateOnly? day)
    {
        var calls = days.Sum(sums => sums.Calls);
        var found = percentiles.FirstOrDefault(known => known.Day == day);
        return new Latency(
            calls, calls == 0 ? null : days.Sum(sums => sums.LatencyMsSum) / calls, found?.P50Ms, found?.P95Ms, found?.P99Ms);
    }
}
