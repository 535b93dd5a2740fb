using Microsoft.Extensions.Options;
using MovieSir.Api.Http;
using MovieSir.Api.Traveller.People;

namespace MovieSir.Api.Traveller.Calls;

/// <summary>Finds the guest whom a browser's cookie names.</summary>
internal sealed class GuestsOfBrowsers(GuestStore guests, IOptions<TravellerOptions> options, TimeProvider clock)
{
    private static readonly TimeSpan SeenPrecision = TimeSpan.FromHours(1);

    public TimeSpan Lifetime => TimeSpan.FromDays(options.Value.GuestDays);

    /// <summary>The guest of this browser; null where it has none.</summary>
    public async Task<TravellerIdentity?> FindAsync(HttpContext context, CancellationToken cancellationToken)
    {
        if (HostCookies.Read(context.Request, TravellerCookies.Guest) is not { } token)
        {
            return null;
        }

        var now = clock.GetUtcNow();
        var guest = await guests.FindAsync(Tokens.Hash(token), now - Lifetime, cancellationToken);
        if (guest is not null && now - guest.LastSeenAt > SeenPrecision)
        {
            await guests.SeenAsync(guest.TravellerId, now, cancellationToken);
            HostCookies.Write(context.Response, TravellerCookies.Guest, token, Lifetime);
        }

        return guest;
    }
}
