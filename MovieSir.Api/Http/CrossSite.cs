namespace MovieSir.Api.Http;

/// <summary>Whether a page of another site makes a browser send a request with our cookies (CSRF).</summary>
internal static class CrossSite
{
    /// <summary>
    /// Browsers say where a request comes from in <c>Sec-Fetch-Site</c>, older ones in <c>Origin</c>; neither can be set by a page. A caller that
    /// sends none of them is no browser, and nobody's cookies are in it by another's will.
    /// </summary>
    public static bool IsForged(HttpRequest request)
    {
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method))
        {
            return false;
        }

        if (request.Headers["Sec-Fetch-Site"] is { Count: > 0 } site)
        {
            return site.ToString() is not ("same-origin" or "none");
        }

        return request.Headers.Origin is { Count: > 0 } origin
            && !(Uri.TryCreate(origin.ToString(), UriKind.Absolute, out var uri)
                && uri.Host.Equals(request.Host.Host, StringComparison.OrdinalIgnoreCase));
    }
}
