using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using MovieSir.Tests.Inference.Serving;
using MovieSir.Tests.Infrastructure;

namespace MovieSir.Tests.Inference.Hosting;

/// <summary>Every route of the engine with every header and body that callers get wrong. The engine has no OpenAPI document.</summary>
public sealed class EngineRouteWalkTests(EngineFixture engine) : IClassFixture<EngineFixture>
{
    private static readonly string[] Tracks =
        ["\"a, b\"", "\"a,a\"", "\" a\"", "1", "\"1\"", "\"no such\""];

    [Fact]
    public async Task No_header_and_no_body_of_a_caller_ends_in_5xx_and_each_refusal_has_the_one_shape()
    {
        var calls = engine.Host.Endpoints.OfType<RouteEndpoint>().SelectMany(Calls).ToList();
        var methods = calls.ToLookup(call => call.Path, call => call.Method);
        var walk = new RouteWalk(engine.Host.Client, _ => { });
        foreach (var call in calls)
        {
            await walk.WalkAsync(call, methods[call.Path].ToHashSet());
        }

        TestContext.Current.TestOutputHelper!.WriteLine($"{calls.Count} calls, {walk.Summary}");
        Assert.True(walk.Sent > 400, $"{walk.Sent}");
        Assert.False(engine.Host.Logs.Contains("unhandled exception"));
    }

    private static IEnumerable<WalkedCall> Calls(RouteEndpoint endpoint)
    {
        var template = "/" + endpoint.RoutePattern.RawText!.TrimStart('/');
        var path = Regex.Replace(template, "{[^}]+}", $"{EngineCatalog.FirstId}", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
        var body = endpoint.Metadata.GetMetadata<IAcceptsMetadata>() is null ? null : "{}";
        return endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods.Select(method => new WalkedCall(
            $"{method} {path}", method, path, body,
            path == "/recommend_single" ? [.. Tracks.Select(track => $"{{\"target_runtime\":100,\"track\":{track}}}")] : []));
    }
}
