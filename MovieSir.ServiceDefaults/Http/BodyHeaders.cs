using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace MovieSir.ServiceDefaults.Http;

/// <summary>
/// Checks what a request says of its body before the body is read: content encoding, media type and charset. The framework would read with whatever
/// charset is named, and throw where it knows none of that name.
/// </summary>
public static class BodyHeaders
{
    internal const string MediaTypeDetail = "The body must be JSON: send the header Content-Type: application/json.";

    private const int ShownCharacters = 40;

    /// <summary>
    /// Refuses what cannot be read with 415, and takes spellings of UTF-8 that the framework does not know. Last before the routes, so that whoever
    /// is refused was authenticated and is logged.
    /// </summary>
    public static void UseBodyHeaders(this WebApplication app) => app.Use((context, next) =>
    {
        // Other calls do not read a body, whatever is said of it.
        if (context.GetEndpoint()?.Metadata.GetMetadata<IAcceptsMetadata>() is null || Refusal(context) is not { } problem)
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
        return TypedResults.Problem(problem).ExecuteAsync(context);
    });

    private static ProblemDetails? Refusal(HttpContext context)
    {
        var headers = context.Request.Headers;
        if (headers.ContentEncoding.FirstOrDefault(encoding => !IsIdentity(encoding)) is { } encoding)
        {
            // RFC 9110, 15.5.16: what would be taken.
            context.Response.Headers.AcceptEncoding = "identity";
            return Unsupported($"The body is encoded as '{Shown(encoding)}'. Send it as it is, without Content-Encoding.");
        }

        if (headers.ContentType.Count == 0)
        {
            return null; // the reader says what is missing
        }

        // Of two charsets nobody can say which is meant.
        if (headers.ContentType.Count > 1 || !MediaTypeHeaderValue.TryParse(headers.ContentType.ToString(), out var mediaType)
            || mediaType.Parameters.Where(IsCharset).Skip(1).Any())
        {
            return Unsupported(MediaTypeDetail);
        }

        if (!mediaType.Charset.HasValue)
        {
            return null;
        }

        var charset = HeaderUtilities.RemoveQuotes(mediaType.Charset).ToString();
        if (!CanRead(ref charset))
        {
            return Unsupported($"The charset '{Shown(charset)}' cannot be read. Send JSON in UTF-8, with the header Content-Type: application/json.");
        }

        mediaType.Charset = charset;
        context.Request.ContentType = mediaType.ToString();
        return null;
    }

    private static bool IsCharset(NameValueHeaderValue parameter) => parameter.Name.Equals("charset", StringComparison.OrdinalIgnoreCase);

    private static bool IsIdentity(string? encoding) => string.IsNullOrWhiteSpace(encoding)
        || encoding.Trim().Equals("identity", StringComparison.OrdinalIgnoreCase);

    private static bool CanRead(ref string charset)
    {
        if (charset.Equals("utf8", StringComparison.OrdinalIgnoreCase))
        {
            charset = Encoding.UTF8.WebName;
        }

        try
        {
            return Encoding.GetEncoding(charset) is not null;
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            return false; // no such charset, or one that is not safe (UTF-7)
        }
    }

    private static ProblemDetails Unsupported(string detail) =>
        Problems.Details(StatusCodes.Status415UnsupportedMediaType, ProblemCodes.UnsupportedMediaType, detail);

    private static string Shown(string text) => string.Concat(text.Where(letter => letter is > ' ' and <= '~').Take(ShownCharacters));
}
