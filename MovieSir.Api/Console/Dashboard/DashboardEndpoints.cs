using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using MovieSir.Api.Companies.Quota;
using MovieSir.Api.Console.Calls;
using MovieSir.Api.Console.Usage;
using MovieSir.Data.B2b;

namespace MovieSir.Api.Console.Dashboard;

/// <summary>Calls of one day.</summary>
/// <param name="Calls">Calls that were answered.</param>
/// <param name="Charged">Those that count against the quota.</param>
/// <param name="Errors">Those that ended in an error, the caller's or ours.</param>
/// <param name="SuccessRate">Share of the others; null where there were no calls.</param>
internal sealed record DashboardDay(long Calls, long Charged, long Errors, double? SuccessRate)
{
    public static DashboardDay Of(CallSums day) =>
        new(day.Calls, day.Charged, day.Errors, UsageTotals.SuccessRateOf(day.Calls, day.Errors));
}

/// <summary>One day of the chart.</summary>
internal sealed record ChartDay(DateOnly Date, long Calls, long Errors);

/// <summary>What a company sees first.</summary>
internal sealed record DashboardAnswer
{
    public required Plan Plan { get; init; }

    public required DashboardDay Today { get; init; }

    public required DashboardDay Yesterday { get; init; }

    /// <summary>Calls that all keys of the company together may make today.</summary>
    public required int DailyLimit { get; init; }

    /// <summary>How many of them are left.</summary>
    public required long Remaining { get; init; }

    public required int KeyCount { get; init; }

    /// <summary>Seven days in Seoul, the oldest first and today last.</summary>
    public required IReadOnlyList<ChartDay> Days { get; init; }

    /// <summary>How long the calls of these days took.</summary>
    public required Latency Latency { get; init; }
}

internal static class DashboardEndpoints
{
    private const int Days = 7;

    public static void MapDashboard(this IEndpointRouteBuilder console) =>
        console.MapGet("/dashboard", ReadAsync).WithName("Dashboard").WithSummary("Today, yesterday, and the seven days up to today");

    private static async Task<Ok<DashboardAnswer>> ReadAsync(
        ConsoleCall call, UsageReportStore store, IOptions<QuotaOptions> quota, TimeProvider clock, CancellationToken cancellationToken)
    {
        var to = SeoulDay.Of(clock.GetUtcNow());
        var from = to.AddDays(1 - Days);
        var days = await store.DaysAsync(call.CompanyId, from, to, cancellationToken);
        var percentiles = await store.PercentilesAsync(call.CompanyId, from, to, cancellationToken);
        var company = call.Member.Company!;
        var limits = quota.Value.LimitsOf(company.Plan, company.DailyLimit, company.BurstLimit);
        return TypedResults.Ok(new DashboardAnswer
        {
            Plan = company.Plan,
            Today = DashboardDay.Of(days[^1]),
            Yesterday = DashboardDay.Of(days[^2]),
            DailyLimit = limits.PerDay,
            Remaining = Math.Max(0, limits.PerDay - days[^1].Charged),
            KeyCount = await store.KeyCountAsync(call.CompanyId, cancellationToken),
            Days = [.. days.Select(day => new ChartDay(day.Day, day.Calls, day.Errors))],
            Latency = ResponseTimes.Of(days, percentiles).Total,
        });
    }
}
