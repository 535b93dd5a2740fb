namespace MovieSir.Api.Http;

/// <summary>
/// Cookies that only this host sets and reads: the prefix <c>__Host-</c> makes browsers insist on Secure, on the path / and on no domain. They are
/// HttpOnly, and SameSite=Lax keeps them out of other sites' posts.
/// </summary>
internal static class HostCookies
{
    private const string Prefix = "__Host-";

    /// <summary>The cookie's value; null where there is none.</summary>
    public static string? Read(HttpRequest request, string name) => request.Cookies[Prefix + name] is { Length: > 0 } value ? value : null;

    /// <param name="response">The answer that sets it.</param>
    /// <param name="name">Its name without the prefix.</param>
    /// <param name="value">Its value.</param>
    /// <param name="lifetime">How long the browser keeps it; null: until it is closed.</param>
    public static void Write(HttpResponse response, string name, string value, TimeSpan? lifetime) =>
        response.Cookies.Append(Prefix + name, value, Options(lifetime));

    public static void Delete(HttpResponse response, string name) => response.Cookies.Delete(Prefix + name, Options(null));

    private static CookieOptions Options(TimeSpan? lifetime) =>
        new() { HttpOnly = true, Secure = true, SameSite = SameSiteMode.Lax, Path = "/", MaxAge = lifetime, IsEssential = true };
}
