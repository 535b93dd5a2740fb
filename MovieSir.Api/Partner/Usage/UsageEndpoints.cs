using Microsoft.AspNetCore.Http.HttpResults;
using MovieSir.Api.Companies.Quota;
using MovieSir.Api.Http;
using MovieSir.Api.Partner.Calls;
using MovieSir.Data.B2b;

namespace MovieSir.Api.Partner.Usage;

/// <summary>The key's quota.</summary>
internal sealed record UsageToday
{
    /// <summary>The day in Asia/Seoul.</summary>
    public required DateOnly Day { get; init; }

    public required Plan Plan { get; init; }

    public required int DailyLimit { get; init; }

    /// <summary>
    /// Charged calls of the day, those still under way among them: of all keys of the company, or of this key alone where it has a limit of its own.
    /// </summary>
    public required int Used { get; init; }

    /// <summary>What this key may still do: other keys of the company take from it too.</summary>
    public required int Remaining { get; init; }

    /// <summary>Calls in one second.</summary>
    public required int BurstLimit { get; init; }

    /// <summary>When the next day begins.</summary>
    public required DateTimeOffset ResetsAt { get; init; }
}

internal static class UsageEndpoints
{
    public static void MapUsage(this IEndpointRouteBuilder partner) => partner.MapGet("/usage", Today)
        .WithName("Usage")
        .WithExample(null, UsageExamples.Response)
        .WithSummary("The key's quota today")
        .WithDescription("Free of charge, and answered when the quota is used up too. The burst limit holds.")
        .FreeOfCharge();

    private static Ok<Envelope<UsageToday, Meta>> Today(PartnerCall call)
    {
        var quota = call.Admission;
        return TypedResults.Ok(new Envelope<UsageToday, Meta>(
            new UsageToday
            {
                Day = quota.Day,
                Plan = call.Key.Plan,
                DailyLimit = quota.DailyLimit,
                Used = quota.DailyUsed,
                Remaining = quota.DailyRemaining,
                BurstLimit = quota.BurstLimit,
                ResetsAt = SeoulDay.EndOf(quota.Day),
            },
            Meta.Of(call)));
    }
}
