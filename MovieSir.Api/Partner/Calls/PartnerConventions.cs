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

    /// <summary>The call may answer with 422 by field, and where it has a body with 400, 413 and 415.</summary>
    public static RouteHandlerBuilder Validated(this RouteHandlerBuilder builder, bool hasBody = true)
    {
        if (hasBody)
        {
            builder.ProducesProblem(StatusCodes.Status400BadRequest)
                .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
                .ProducesProblem(StatusCodes.Status415UnsupportedMediaType);
        }

        return builder.Produces<HttpValidationProblemDetails>(StatusCodes.Status422UnprocessableEntity, "application/problem+json");
    }
}
