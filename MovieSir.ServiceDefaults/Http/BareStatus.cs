using Microsoft.AspNetCore.Http;

namespace MovieSir.ServiceDefaults.Http;

/// <summary>What to do about a status that the framework answers without a word.</summary>
internal static class BareStatus
{
    public static string? Explain(HttpContext context, int status) => status switch
    {
        StatusCodes.Status404NotFound => "There is nothing at this address. The documentation lists the calls.",
        StatusCodes.Status405MethodNotAllowed => $"This address takes {Allowed(context.Response.Headers)}.",
        StatusCodes.Status415UnsupportedMediaType => BodyHeaders.MediaTypeDetail,
        StatusCodes.Status500InternalServerError => "The fault is ours. Try again; if it stays, tell us the request_id.",
        _ => null,
    };

    // HEAD is taken wherever GET is, and routes do not name it.
    private static string Allowed(IHeaderDictionary headers)
    {
        var allowed = headers.Allow.ToString();
        if (allowed.Split(", ").Contains(HttpMethods.Get))
        {
            headers.Allow = allowed += $", {HttpMethods.Head}";
        }

        return allowed;
    }
}
