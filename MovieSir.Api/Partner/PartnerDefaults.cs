namespace MovieSir.Api.Partner;

/// <summary>What holds for every partner call.</summary>
internal static class PartnerDefaults
{
    public const string Prefix = "/v1";
    public const string KeyHeader = "X-API-Key";
    public const string Challenge = "ApiKey realm=\"moviesir\", header=\"X-API-Key\"";

    /// <summary>Puts the whole prefix behind authentication, quota and accounting.</summary>
    public static void UsePartnerDefaults(this WebApplication app) =>
        app.UseWhen(context => context.Request.Path.StartsWithSegments(Prefix), branch => branch.UseMiddleware<PartnerMiddleware>());

    /// <summary>States for a group of calls what the prefix does to them: the answers that any of them may give.</summary>
    public static RouteGroupBuilder WithPartnerDefaults(this RouteGroupBuilder group)
    {
        group.WithTags("Partner API")
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status429TooManyRequests)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        return group;
    }

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

    /// <summary>The call asks the engine, which may be away or late.</summary>
    public static RouteHandlerBuilder AsksTheEngine(this RouteHandlerBuilder builder) =>
        builder.ProducesProblem(StatusCodes.Status504GatewayTimeout);
}
