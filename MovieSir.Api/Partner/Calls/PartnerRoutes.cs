using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace MovieSir.Api.Partner.Calls;

/// <summary>
/// Names of calls in logs and sums: route templates as the OpenAPI document writes them, and one name for all that matches none, so that callers
/// cannot invent names.
/// </summary>
internal sealed partial class PartnerRoutes(EndpointDataSource endpoints)
{
    public const string Unmatched = "unmatched";

    // A refused media type or method is an endpoint of the framework's own without a template or metadata; the path tells which call was meant.
    private readonly Lazy<FrozenSet<string>> _literal = new(() => Literal(endpoints, _ => true));
    private readonly Lazy<FrozenSet<string>> _keyless = new(() =>
        Literal(endpoints, endpoint => endpoint.Metadata.GetMetadata<KeylessMetadata>() is not null));

    private readonly ConcurrentDictionary<string, string> _names = new();

    /// <summary>Whether a call needs no key, whatever its method.</summary>
    public bool IsKeyless(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<KeylessMetadata>() is not null
        || (context.Request.Path.Value is { } path && _keyless.Value.Contains(path.TrimEnd('/')));

    public string NameOf(HttpContext context)
    {
        // The exception handler takes the endpoint away while it answers, and keeps it here.
        var endpoint = context.Features.Get<Microsoft.AspNetCore.Diagnostics.IExceptionHandlerFeature>()?.Endpoint ?? context.GetEndpoint();
        if (endpoint is RouteEndpoint { RoutePattern.RawText: { } template })
        {
            return _names.GetOrAdd(template, written => Constraint().Replace(written, "}"));
        }

        return context.Request.Path.Value is { } path && _literal.Value.TryGetValue(path, out var literal) ? literal : Unmatched;
    }

    private static FrozenSet<string> Literal(EndpointDataSource endpoints, Func<RouteEndpoint, bool> isMeant) =>
        endpoints.Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.Parameters.Count == 0 && endpoint.RoutePattern.RawText is not null && isMeant(endpoint))
            .Select(endpoint => endpoint.RoutePattern.RawText!)
            .ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>What a template says of a parameter's form: the framework's word, not a caller's.</summary>
    [GeneratedRegex(":[^}]*}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Constraint();
}
