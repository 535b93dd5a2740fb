using MovieSir.Api.Traveller.People;

namespace MovieSir.Api.Traveller.Calls;

/// <summary>Who makes a call. Handlers take it as a parameter.</summary>
internal sealed class TravellerCall(TravellerIdentity? identity)
{
    /// <summary>Null: nobody yet.</summary>
    public TravellerIdentity? Identity { get; private set; } = identity;

    /// <summary>The traveller of a call that makes a guest of nobody, or that needs an account.</summary>
    public Guid TravellerId => (Identity ?? throw new InvalidOperationException("A call reached its handler without a traveller.")).TravellerId;

    public void Becomes(TravellerIdentity guest) => Identity = guest;

    public static ValueTask<TravellerCall?> BindAsync(HttpContext context) => ValueTask.FromResult(context.Features.Get<TravellerCall>());
}
