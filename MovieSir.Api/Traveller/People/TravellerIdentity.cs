namespace MovieSir.Api.Traveller.People;

/// <summary>A traveller as a call is made by one.</summary>
internal sealed record TravellerIdentity
{
    public required Guid TravellerId { get; init; }

    /// <summary>Null: a guest.</summary>
    public Guid? AccountId { get; init; }

    /// <summary>The device that a traveller with an account is signed in on.</summary>
    public Guid? SignInId { get; init; }

    public bool ShowAdult { get; init; }

    public required DateTimeOffset LastSeenAt { get; init; }
}
