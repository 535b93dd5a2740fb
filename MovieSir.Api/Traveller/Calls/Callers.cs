using Microsoft.Extensions.Options;
using MovieSir.Api.Accounts.Attempts;
using MovieSir.Api.Dependencies;
using MovieSir.Api.Http;
using MovieSir.Api.Traveller.People;

namespace MovieSir.Api.Traveller.Calls;

/// <summary>Finds out who makes a call, by the cookies of it.</summary>
internal sealed class Callers(GuestStore guests, AttemptLimits limits, IOptions<TravellerOptions> options, TimeProvider clock)
{
    private static readonly TimeSpan SeenPrecision = TimeSpan.FromHours(1);

    private TimeSpan GuestLifetime => TimeSpan.FromDays(options.Value.GuestDays);

    /// <summary>The guest of this browser; null where it has none.</summary>
    public async Task<TravellerIdentity?> FindGuestAsync(HttpContext context, CancellationToken cancellationToken)
    {
        if (HostCookies.Read(context.Request, TravellerCookies.Guest) is not { } token)
        {
            return null;
        }

        var now = clock.GetUtcNow();
        var guest = await guests.FindAsync(Tokens.Hash(token), now - GuestLifetime, cancellationToken);
        if (guest is not null && now - guest.LastSeenAt > SeenPrecision)
        {
            await guests.SeenAsync(guest.TravellerId, now, cancellationToken);
            HostCookies.Write(context.Response, TravellerCookies.Guest, token, GuestLifetime);
        }

        return guest;
    }

    /// <summary>Makes a guest of nobody.</summary>
    /// <returns>The guest, or how the call is answered instead.</returns>
    public async Task<(TravellerIdentity? Guest, IResult? Refusal)> MakeGuestAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var taken = await limits.TakeAsync(
            AttemptLimit.PerAddress("guest", ClientAddress.Of(context), options.Value.GuestsPerHour, TimeSpan.FromHours(1)));
        if (taken is not Reply<int>.Answered(0))
        {
            return (null, Refusal(context, taken));
        }

        // A token of ours always: one that the browser brought along may have been put there by somebody else.
        var token = Tokens.New();
        var guest = await guests.AddAsync(Tokens.Hash(token), clock.GetUtcNow(), cancellationToken);
        HostCookies.Write(context.Response, TravellerCookies.Guest, token, GuestLifetime);
        return (guest, null);
    }

    /// <summary>Counts a recommendation.</summary>
    /// <returns>Null, or how the call is answered instead.</returns>
    public async Task<IResult?> CountRecommendationAsync(HttpContext context, TravellerIdentity traveller)
    {
        var taken = await limits.TakeAsync(AttemptLimit.PerName(
            "recommendation", traveller.TravellerId.ToString("N"), options.Value.RecommendationsPerMinute, TimeSpan.FromMinutes(1)));
        return taken is Reply<int>.Answered(0) ? null : Refusal(context, taken);
    }

    /// <summary>429 with its time, or 503 where attempts cannot be counted.</summary>
    public static IResult Refusal(HttpContext context, Reply<int> taken)
    {
        if (taken is Reply<int>.Answered(var seconds))
        {
            context.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
            return TravellerProblems.TooMany(seconds);
        }

        return TravellerProblems.LimitsAway();
    }
}
