using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;

namespace MovieSir.ServiceDefaults.Http;

/// <summary>A status as a type.</summary>
public interface IProblemStatus
{
    /// <summary>The HTTP status.</summary>
    static abstract int Code { get; }
}

/// <summary>400.</summary>
public readonly struct Status400 : IProblemStatus
{
    static int IProblemStatus.Code => StatusCodes.Status400BadRequest;
}

/// <summary>401.</summary>
public readonly struct Status401 : IProblemStatus
{
    static int IProblemStatus.Code => StatusCodes.Status401Unauthorized;
}

/// <summary>403.</summary>
public readonly struct Status403 : IProblemStatus
{
    static int IProblemStatus.Code => StatusCodes.Status403Forbidden;
}

/// <summary>404.</summary>
public readonly struct Status404 : IProblemStatus
{
    static int IProblemStatus.Code => StatusCodes.Status404NotFound;
}

/// <summary>409.</summary>
public readonly struct Status409 : IProblemStatus
{
    static int IProblemStatus.Code => StatusCodes.Status409Conflict;
}

/// <summary>410.</summary>
public readonly struct Status410 : IProblemStatus
{
    static int IProblemStatus.Code => StatusCodes.Status410Gone;
}

/// <summary>422; the problem names fields.</summary>
public readonly struct Status422 : IProblemStatus
{
    static int IProblemStatus.Code => StatusCodes.Status422UnprocessableEntity;
}

/// <summary>429.</summary>
public readonly struct Status429 : IProblemStatus
{
    static int IProblemStatus.Code => StatusCodes.Status429TooManyRequests;
}

/// <summary>503.</summary>
public readonly struct Status503 : IProblemStatus
{
    static int IProblemStatus.Code => StatusCodes.Status503ServiceUnavailable;
}

/// <summary>504.</summary>
public readonly struct Status504 : IProblemStatus
{
    static int IProblemStatus.Code => StatusCodes.Status504GatewayTimeout;
}

/// <summary>
/// A problem whose status stands in its type: <c>Results&lt;Ok&lt;T&gt;, Problem&lt;Status404&gt;&gt;</c> says all that a handler answers with, and
/// OpenAPI reads it there.
/// </summary>
public sealed class Problem<TStatus> : IResult, IEndpointMetadataProvider, IStatusCodeHttpResult
    where TStatus : IProblemStatus
{
    private readonly ProblemDetails _details;

    internal Problem(ProblemDetails details) => _details = details;

    int? IStatusCodeHttpResult.StatusCode => TStatus.Code;

    /// <inheritdoc />
    public Task ExecuteAsync(HttpContext httpContext) => TypedResults.Problem(_details).ExecuteAsync(httpContext);

    static void IEndpointMetadataProvider.PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var details = TStatus.Code == StatusCodes.Status422UnprocessableEntity ? typeof(HttpValidationProblemDetails) : typeof(ProblemDetails);
        builder.Metadata.Add(new ProducesResponseTypeMetadata(TStatus.Code, details, ["application/problem+json"]));
    }
}
