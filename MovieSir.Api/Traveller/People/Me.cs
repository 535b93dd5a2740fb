using MovieSir.Data.Accounts;

namespace MovieSir.Api.Traveller.People;

internal enum CallerKind
{
    /// <summary>No call of this browser has changed anything yet.</summary>
    Nobody,

    /// <summary>A traveller without an account.</summary>
    Guest,

    /// <summary>A traveller with an account.</summary>
    Traveller,
}

/// <summary>A traveller with an account.</summary>
internal sealed record User
{
    public required Guid UserId { get; init; }

    public required string Email { get; init; }

    public required string Nickname { get; init; }

    public required Language Language { get; init; }

    public required bool OnboardingCompleted { get; init; }

    public required bool ShowAdult { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public static User Of(Guid travellerId, TravellerSummary traveller) => new()
    {
        UserId = travellerId,
        Email = traveller.Email!,
        Nickname = traveller.Nickname!,
        Language = traveller.Language!.Value,
        OnboardingCompleted = traveller.OnboardedAt is not null,
        ShowAdult = traveller.ShowAdult,
        CreatedAt = traveller.CreatedAt,
    };
}

/// <summary>Who is signed in now.</summary>
internal sealed record UserAnswer(User User);

/// <summary>How much there is of a traveller's.</summary>
internal sealed record Counts(int Watched, int NotForMe, int Sessions);

/// <summary>What a guest may set too.</summary>
/// <param name="Language">Null: not chosen.</param>
/// <param name="ShowAdult">Whether movies for adults only may be recommended.</param>
internal sealed record Preferences(Language? Language, bool ShowAdult);

/// <summary>Who calls.</summary>
internal sealed record Me
{
    public required CallerKind Kind { get; init; }

    /// <summary>Null without an account.</summary>
    public required User? User { get; init; }

    public required Preferences Preferences { get; init; }

    /// <summary>The streaming services that the traveller has.</summary>
    public required IReadOnlyList<int> ProviderIds { get; init; }

    public required Counts Counts { get; init; }

    public static Me Nobody { get; } = new()
    {
        Kind = CallerKind.Nobody, User = null, Preferences = new Preferences(null, false), ProviderIds = [], Counts = new Counts(0, 0, 0),
    };

    public static Me Of(TravellerIdentity identity, TravellerSummary traveller) => new()
    {
        Kind = identity.AccountId is null ? CallerKind.Guest : CallerKind.Traveller,
        User = identity.AccountId is null ? null : User.Of(identity.TravellerId, traveller),
        Preferences = new Preferences(traveller.Language, traveller.ShowAdult),
        ProviderIds = traveller.ProviderIds,
        Counts = new Counts(traveller.Watched, traveller.NotForMe, traveller.Sessions),
    };
}
