using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace MovieSir.ServiceDefaults.Http;

/// <summary>Names what is wrong with a request that could not be read: its media type, size, JSON, or the type of one field.</summary>
internal sealed partial class BadRequestExceptionHandler(IProblemDetailsService problems) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is not BadHttpRequestException bad)
        {
            return false;
        }

        var problem = Describe(bad);
        httpContext.Response.StatusCode = problem.Status!.Value;
        return await problems.TryWriteAsync(new ProblemDetailsContext { HttpContext = httpContext, ProblemDetails = problem, Exception = exception });
    }

    private static ProblemDetails Describe(BadHttpRequestException bad) => (bad.StatusCode, bad.InnerException) switch
    {
        (StatusCodes.Status415UnsupportedMediaType, _) => Problems.Details(
            bad.StatusCode, ProblemCodes.UnsupportedMediaType, BodyHeaders.MediaTypeDetail),
        (StatusCodes.Status413PayloadTooLarge, _) => Problems.Details(
            bad.StatusCode, ProblemCodes.PayloadTooLarge, "The body is larger than this call accepts."),
        (StatusCodes.Status400BadRequest, JsonException json) when IsMalformed(json) => Problems.Details(
            bad.StatusCode, ProblemCodes.MalformedJson, $"The body is not valid JSON (line {json.LineNumber + 1}, byte {json.BytePositionInLine})."),
        (StatusCodes.Status400BadRequest, JsonException json) => Problems.InvalidDetails(
            new Dictionary<string, string[]> { [FieldOf(json)] = ["has the wrong type or form."] }),
        (StatusCodes.Status400BadRequest, null) when ParameterName().Match(bad.Message) is { Success: true } parameter => Problems.InvalidDetails(
            new Dictionary<string, string[]>
            {
                [parameter.Groups["name"].Value] = [parameter.Groups["given"].Success ? "has the wrong type or form." : "is required."],
            }),
        (StatusCodes.Status400BadRequest, null) when bad.Message.StartsWith("Implicit body", StringComparison.Ordinal)
            || bad.Message.Contains("body was provided", StringComparison.Ordinal) => Problems.Details(
            bad.StatusCode, ProblemCodes.BadRequest, "The body is missing: send a JSON object."),
        (StatusCodes.Status400BadRequest, _) => Problems.Details(bad.StatusCode, ProblemCodes.BadRequest, bad.Message),
        _ => Problems.Details(bad.StatusCode, ProblemCodes.ForStatus(bad.StatusCode), bad.Message),
    };

    // The framework names the parameter only in its message.
    [GeneratedRegex(
        """^(Failed to bind|Required) parameter "[^"]*?(?<name>\w+)"( from "(?<given>.*)")?""",
        RegexOptions.Singleline | RegexOptions.ExplicitCapture,
        1000)]
    private static partial Regex ParameterName();

    // The reader's own exception (a subclass, not public) says that the text is not JSON, and so does a text that is not UTF-8; the serializer's
    // says that JSON does not fit the type.
    private static bool IsMalformed(JsonException json) => json.GetType() != typeof(JsonException)
        || json.InnerException is JsonException or { InnerException: System.Text.DecoderFallbackException };

    private static string FieldOf(JsonException json) => json.Path is null or "$" ? "body" : json.Path.Replace("$.", "", StringComparison.Ordinal);
}
