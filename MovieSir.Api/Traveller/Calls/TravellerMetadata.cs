namespace MovieSir.Api.Traveller.Calls;

/// <summary>Marks every call of the surface.</summary>
internal sealed class TravellerMetadata;

/// <summary>The call changes something of whoever makes it: nobody becomes a guest by it.</summary>
internal sealed class MakesGuestMetadata;

/// <summary>The call needs an account.</summary>
internal sealed class NeedsAccountMetadata;

/// <summary>The answer is the same for everybody and may be kept for a while.</summary>
internal sealed class PublicAnswerMetadata;

/// <summary>The call asks for a recommendation, of which a traveller has so many a minute.</summary>
internal sealed class RecommendationMetadata;
