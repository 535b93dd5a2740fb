using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace MovieSir.ServiceDefaults.Http;

/// <summary>The one error shape: RFC 9457 with a stable <c>code</c>; <c>request_id</c> is added as the answer is written.</summary>
public static class Problems
{
    public const string Code = "code";
    public const string RequestId = "request_id";

    /// <summary>An error answer.</summary>
    /// <param name="code">Stable, SCREAMING_SNAKE.</param>
    /// <param name="detail">For a person: what is wrong, with what, what to do.</param>
    /// <param name="more">Further members of the problem, by their names in JSON.</param>
    public static Problem<TStatus> Of<TStatus>(string code, string detail, params ReadOnlySpan<(string Name, object? Value)> more)
        where TStatus : IProblemStatus
    {
        var details = Details(TStatus.Code, code, detail);
        foreach (var (name, value) in more)
        {
            details.Extensions[name] = value;
        }

        return new(details);
    }

    /// <summary>422 with what is wrong by field, in the names of the JSON body or the query.</summary>
    /// <param name="code">Stable, SCREAMING_SNAKE.</param>
    /// <param name="errors">Messages by field.</param>
    public static Problem<Status422> Invalid(string code, IDictionary<string, string[]> errors)
    {
        var details = InvalidDetails(errors);
        details.Extensions[Code] = code;
        return new(details);
    }

    internal static ProblemDetails Details(int status, string code, string detail) => new()
    {
        Status = status,
        Detail = detail,
        Extensions = { [Code] = code },
    };

    internal static HttpValidationProblemDetails InvalidDetails(IDictionary<string, string[]> errors) => new(errors)
    {
        Status = StatusCodes.Status422UnprocessableEntity,
        Title = "The request has invalid fields.",
        Detail = string.Join(' ', errors.SelectMany(field => field.Value.Select(message => $"{field.Key}: {message}")).Take(5)),
        Extensions = { [Code] = ProblemCodes.ValidationFailed },
    };

    /// <summary>The <c>code</c> of the problem that this request is answered with; null where it is answered with none.</summary>
    public static string? CodeOf(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Items[typeof(Problems)] as string;
    }

    internal static void RememberCode(HttpContext context, string? code) => context.Items[typeof(Problems)] = code;

    /// <summary>The id of a request in answers and logs: the trace's id, so that a caller's report leads to the trace.</summary>
    public static string RequestIdOf(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier;
    }
}

/// <summary>Codes that any surface may answer with; a surface's own stand beside it.</summary>
public static class ProblemCodes
{
    public const string BadRequest = "BAD_REQUEST";
    public const string MalformedJson = "MALFORMED_JSON";
    public const string ValidationFailed = "VALIDATION_FAILED";
    public const string NotFound = "NOT_FOUND";
    public const string MethodNotAllowed = "METHOD_NOT_ALLOWED";
    public const string PayloadTooLarge = "PAYLOAD_TOO_LARGE";
    public const string UnsupportedMediaType = "UNSUPPORTED_MEDIA_TYPE";
    public const string InternalError = "INTERNAL_ERROR";
    public const string Unauthorized = "UNAUTHORIZED";
    public const string Forbidden = "FORBIDDEN";
    public const string RequestTimeout = "REQUEST_TIMEOUT";
    public const string ServiceUnavailable = "SERVICE_UNAVAILABLE";

    internal static string ForStatus(int status) => status switch
    {
        StatusCodes.Status400BadRequest => BadRequest,
        StatusCodes.Status401Unauthorized => Unauthorized,
        StatusCodes.Status403Forbidden => Forbidden,
        StatusCodes.Status404NotFound => NotFound,
        StatusCodes.Status405MethodNotAllowed => MethodNotAllowed,
        StatusCodes.Status408RequestTimeout => RequestTimeout,
        StatusCodes.Status413PayloadTooLarge => PayloadTooLarge,
        StatusCodes.Status415UnsupportedMediaType => UnsupportedMediaType,
        StatusCodes.Status422UnprocessableEntity => ValidationFailed,
        StatusCodes.Status503ServiceUnavailable => ServiceUnavailable,
        _ => status >= StatusCodes.Status500InternalServerError ? InternalError : BadRequest,
    };
}
