namespace MovieSir.Api.Http;

/// <summary>What a route states of the checks that its call goes through.</summary>
internal static class ValidatedRoutes
{
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
