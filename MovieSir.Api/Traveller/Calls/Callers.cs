using Microsoft.Extensions.Options;
using MovieSir.Api.Accounts;
using MovieSir.Api.Accounts.Attempts;
using MovieSir.Api.Accounts.Devices;
using MovieSir.Api.Dependencies;
using MovieSir.Api.Http;
using MovieSir.Api.Traveller.People;

namespace MovieSir.Api.Traveller.Calls;

/// <summary>Finds out who makes a call, by the cookies of it.</summary>
internal sealed class Callers(
    GuestStore guests, GuestsOfBrowsers browsers, JoinStore travellers, SignIns signIns, AttemptLimits limits, IOptions<TravellerOptions> options,
    TimeProvider clock)
{
    /// <summary>Who calls: a traveller who is signed in, else the guest of this browser.</summary>
    /// <returns>Null: nobody. And whether a sign-in has to be renewed first.</returns>
    public async Task<(TravellerIdentity? Identity, bool HasExpired)> FindAsync(HttpContext context, CancellationToken cancellationToken)
    {
        switch (await signIns.FindAsync(context, TravellerAccounts.Scheme, cancellationToken))
        {
            case SignInState.Active(var signInId, var accountId):
                return (await travellers.FindAsync(accountId, signInId, cancellationToken), false);
            case SignInState.Expired:
                return (null, true);
            default:
                return (await browsers.FindAsync(context, cancellationToken), false);
        }
    }

    /// <summary>Makes a guest of nobody.</summary>
    /// <returns>The guest, or how the call is answered instead.</returns>
    public async Task<(TravellerIdentity? Guest, Refusal? Refusal)> MakeGuestAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var taken = await limits.TakeAsync(
            AttemptLimit.PerAddress("guest", ClientAddress.Of(context), options.Value.GuestsPerHour, TimeSpan.FromHours(1)));
        if (taken is not Reply<int>.Answered(0))
        {
            return (null, AccountCalls.RefusalOf(context, taken));
        }

        // A token of ours always: one that the browser brought along may have been put there by somebody else.
        var token = Tokens.New();
        var guest = await guests.AddAsync(Tokens.Hash(token), clock.GetUtcNow(), cancellationToken);
        HostCookies.Write(context.Response, TravellerCookies.Guest, token, browsers.Lifetime);
        return (guest, null);
    }

    /// <summary>Counts a recommendation.</summary>
    /// <returns>Null, or how the call is answered instead.</returns>
    public Task<Refusal?> CountRecommendationAsync(HttpContext context, TravellerIdentity traveller) =>
        CountAsync(context, "recommendation", traveller, options.Value.RecommendationsPerMinute, TimeSpan.FromMinutes(1));

    /// <summary>Counts a history that comes in or goes out.</summary>
    /// <returns>Null, or how the call is answered instead.</returns>
    public Task<Refusal?> CountHistoryAsync(HttpContext context, TravellerIdentity traveller) =>
        CountAsync(context, "history", traveller, options.Value.HistoriesPerHour, TimeSpan.FromHours(1));

    private async Task<Refusal?> CountAsync(HttpContext context, string what, TravellerIdentity traveller, int most, TimeSpan window)
    {
        var taken = await limits.TakeAsync(AttemptLimit.PerName(what, traveller.TravellerId.ToString("N"), most, window));
        return taken is Reply<int>.Answered(0) ? null : AccountCalls.RefusalOf(context, taken);
    }
}
