using MovieSir.Data.B2b;

namespace MovieSir.Api.Partner.Calls;

/// <summary>Names of the partner surface, and what a call's route states of it.</summary>
internal static class PartnerConventions
{
    public const string Prefix = "/v1";
    public const string Tag = "Partner API";
    public const string KeyHeader = "X-API-Key";
    public const string Challenge = "ApiKey realm=\"moviesir\", header=\"X-API-Key\"";

    /// <summary>The call does not count against the daily limit.</summary>
    public static TBuilder FreeOfCharge<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new FreeOfChargeMetadata());

    /// <summary>The call needs no key.</summary>
    public static TBuilder Keyless<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new KeylessMetadata());

    /// <summary>The part of the API that the calls belong to.</summary>
    public static RouteGroupBuilder Scoped(this IEndpointRouteBuilder partner, ApiKeyScope scope) =>
        partner.MapGroup("").WithMetadata(new ScopeMetadata(scope)).ProducesProblem(StatusCodes.Status403Forbidden);
}
