namespace MovieSir.Api.Traveller.Calls;

/// <summary>What a call's route states of it.</summary>
internal static class TravellerConventions
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(5);

    /// <summary>Nobody becomes a guest by this call.</summary>
    public static RouteHandlerBuilder MakesGuest(this RouteHandlerBuilder builder) => builder.WithMetadata(new MakesGuestMetadata())
        .ProducesProblem(StatusCodes.Status429TooManyRequests);

    /// <summary>The call needs an account: others get 401.</summary>
    public static RouteHandlerBuilder NeedsAccount(this RouteHandlerBuilder builder) => builder.WithMetadata(new NeedsAccountMetadata());

    /// <summary>The call counts against the recommendations that a traveller may ask for in a minute.</summary>
    public static RouteHandlerBuilder IsRecommendation(this RouteHandlerBuilder builder) => builder.WithMetadata(new RecommendationMetadata());

    /// <summary>The answer is the same for everybody.</summary>
    public static RouteHandlerBuilder PublicAnswer(this RouteHandlerBuilder builder) => builder.WithMetadata(new PublicAnswerMetadata());

    /// <summary>The answer is the same for everybody, and is kept here for a while.</summary>
    /// <remarks>Each call makes its own answer until there is one: who waits for another's would fail with it when that caller leaves.</remarks>
    public static RouteHandlerBuilder KeptAnswer(this RouteHandlerBuilder builder) => builder.PublicAnswer()
        .CacheOutput(policy => policy.Expire(KeptFor).SetLocking(false));
}
