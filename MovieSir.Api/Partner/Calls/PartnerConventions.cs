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
}
