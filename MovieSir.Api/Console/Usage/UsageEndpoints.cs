using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using MovieSir.Api.Companies.Quota;
using MovieSir.Api.Console.Calls;
using MovieSir.Api.Http;

namespace MovieSir.Api.Console.Usage;

internal static class UsageEndpoints
{
    public static void MapUsage(this IEndpointRouteBuilder console)
    {
        var usage = console.MapGroup("/usage");
        usage.MapGet("", UsageAsync).WithName("CompanyUsage").WithSummary("Calls by day in Seoul, and as many days before them")
            .Validated(hasBody: false);
        usage.MapGet("/endpoints", EndpointsAsync).WithName("UsageByEndpoint").WithSummary("Calls by route").Validated(hasBody: false);
        usage.MapGet("/response-time", ResponseTimeAsync).WithName("ResponseTimes").WithSummary("How long calls took")
            .WithDescription("Averages are exact. Percentiles come from a histogram; each is within 3.6 % of what calls took.")
            .Validated(hasBody: false);
        usage.MapGet("/keys", KeysAsync).WithName("UsageByKey").WithSummary("Calls by key, deleted ones too").Validated(hasBody: false);
    }

    private static async Task<Ok<UsageAnswer>> UsageAsync(
        ConsoleCall call, UsageReportStore store, TimeProvider clock, CancellationToken cancellationToken,
        [AllowedValues(7, 30, 90)] int days = 7)
    {
        var (from, to) = SeoulDay.Last(days, clock);
        var sums = await store.DaysAsync(call.CompanyId, from.AddDays(-days), to, cancellationToken);
        var (before, asked) = (sums.Take(days).ToList(), sums.Skip(days).ToList());
        return TypedResults.Ok(new UsageAnswer(
            from, to,
            [.. asked.Select(day => new UsageDayAnswer(day.Day, day.Calls, day.Charged, day.ClientErrors, day.ServerErrors))],
            UsageTotals.Of(asked), UsageTotals.Of(before)));
    }

    private static async Task<Ok<EndpointUsageList>> EndpointsAsync(
        ConsoleCall call, UsageReportStore store, TimeProvider clock, CancellationToken cancellationToken,
        [AllowedValues(7, 30, 90)] int days = 7)
    {
        var (from, to) = SeoulDay.Last(days, clock);
        return TypedResults.Ok(new EndpointUsageList(await store.EndpointsAsync(call.CompanyId, from, to, cancellationToken)));
    }

    private static async Task<Ok<ResponseTimes>> ResponseTimeAsync(
        ConsoleCall call, UsageReportStore store, TimeProvider clock, CancellationToken cancellationToken,
        [AllowedValues(7, 30, 90)] int days = 7)
    {
        var (from, to) = SeoulDay.Last(days, clock);
        return TypedResults.Ok(ResponseTimes.Of(
            await store.DaysAsync(call.CompanyId, from, to, cancellationToken),
            await store.PercentilesAsync(call.CompanyId, from, to, cancellationToken)));
    }

    private static async Task<Ok<KeyUsageList>> KeysAsync(
        ConsoleCall call, UsageReportStore store, TimeProvider clock, CancellationToken cancellationToken,
        [AllowedValues(7, 30, 90)] int days = 7)
    {
        var (from, to) = SeoulDay.Last(days, clock);
        return TypedResults.Ok(new KeyUsageList(await store.KeysAsync(call.CompanyId, from, to, cancellationToken)));
    }
}
