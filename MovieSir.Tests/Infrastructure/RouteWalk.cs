using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace MovieSir.Tests.Infrastructure;

/// <summary>A call that is walked: with a body that is right, and bodies that name an enum's value wrongly.</summary>
internal sealed record WalkedCall(string Name, string Method, string Path, string? Body, IReadOnlyList<string> WrongEnums)
{
    /// <summary>The calls of an OpenAPI document.</summary>
    public static IEnumerable<WalkedCall> Of(JsonElement document) =>
        from path in document.GetProperty("paths").EnumerateObject()
        from operation in path.Value.EnumerateObject()
        let ids = operation.Value.TryGetProperty("parameters", out var parameters) && parameters.GetRawText().Contains("\"uuid\"")
            ? "0198c0de-0000-7000-8000-000000000000" : "496243"
        let target = Regex.Replace(path.Name, "{[^}]+}", ids, RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1))
        let json = operation.Value.TryGetProperty("requestBody", out var body)
            && body.GetProperty("content").TryGetProperty("application/json", out var content) ? content : default
        let example = json.ValueKind == JsonValueKind.Object ? (json.TryGetProperty("example", out var given) ? given.GetRawText() : "{}") : null
        select new WalkedCall(
            $"{operation.Name.ToUpperInvariant()} {target}", operation.Name.ToUpperInvariant(), target, example,
            example is null ? [] : [.. WithWrongEnums(document, json.GetProperty("schema"), example)]);

    private static IEnumerable<string> WithWrongEnums(JsonElement document, JsonElement schema, string example)
    {
        foreach (var property in Resolve(document, schema).TryGetProperty("properties", out var properties) ? properties.EnumerateObject() : default)
        {
            if (Resolve(document, property.Value).TryGetProperty("enum", out var values))
            {
                var names = values.EnumerateArray().Select(value => value.GetString()).ToArray();
                foreach (var wrong in new object[] { $"{names[0]}, {names[^1]}", $"{names[0]},{names[0]}", $" {names[0]}", "no such", 1, "1" })
                {
                    var fields = JsonSerializer.Deserialize<Dictionary<string, object>>(example)!;
                    fields[property.Name] = wrong;
                    yield return JsonSerializer.Serialize(fields);
                }
            }
        }
    }

    private static JsonElement Resolve(JsonElement document, JsonElement schema)
    {
        if (schema.TryGetProperty("oneOf", out var choices))
        {
            schema = choices.EnumerateArray().First(choice => !choice.TryGetProperty("type", out var type) || !type.ValueEquals("null"));
        }

        return schema.TryGetProperty("$ref", out var reference)
            ? document.GetProperty("components").GetProperty("schemas").GetProperty(reference.GetString()!["#/components/schemas/".Length..])
            : schema;
    }
}

/// <summary>Sends every call with every header and body that callers get wrong. No answer is a 5xx; each error has the one shape.</summary>
/// <param name="client">Knows the address.</param>
/// <param name="authenticate">Puts a credential on a request.</param>
internal sealed class RouteWalk(HttpClient client, Action<HttpRequestMessage> authenticate)
{
    private static readonly string[] Readable =
        ["application/json", "application/json; charset=utf-8", "application/json; charset=UTF8", "application/json;charset=\"utf-8\"",
        "APPLICATION/JSON; CHARSET=utf8"];

    private static readonly string[] Unreadable =
        ["application/json; charset=bogus", "application/json; charset=euc-kr", "application/json; charset=\"ks_c_5601-1987\"",
        "application/json; charset=utf-7", "application/json; charset=\"\"", "application/json, text/html", "text/xml", "nonsense", ";",
        "application/x-www-form-urlencoded", "multipart/form-data", "*/*", "application/json; charset=utf-8; charset="];

    private static readonly string[] Encodings = ["gzip", "br", "zstd, gzip", "no such", "GZIP"];
    private static readonly string[] Accepts =
        ["text/html", "image/*", "application/json;q=0", "*/*;q=0", "nonsense", "application/xml, text/plain;q=0.1"];
    private static readonly string[] Methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW"];

    private static readonly string[] Bodies =
        ["", "{", "[]", "null", "true", "1e400", "\"x\"", "{\"\":", "{}}", "NaN", "{\"a\":1e999999}", "\u0000", "{\"a\":\"\\ud800\"}",
        "{\"available_time\":1e2,\"k\":1e2}", "{\"available_time\":\"180\"}", new string('[', 5000), "﻿{}"];

    /// <summary>How many answers there were of each status.</summary>
    public Dictionary<int, int> Statuses { get; } = [];

    public int Sent { get; private set; }

    public string Summary => $"{Sent} requests: {string.Join(", ", Statuses.OrderBy(one => one.Key).Select(one => $"{one.Value} x {one.Key}"))}";

    public async Task WalkAsync(WalkedCall call, IReadOnlySet<string> allowed)
    {
        var usual = await SendAsync(call.Method, call, call.Body, Readable[0]);
        // Where the walk has no right to call, it is told so before its headers are looked at.
        var isOpen = usual.Status is not (401 or 403 or 429);
        foreach (var method in Methods.Where(method => !allowed.Contains(method)))
        {
            var refused = await SendAsync(method, call, null, null);
            Hold(refused, isOpen, 405, $"{call.Name} by {method}");
        }

        foreach (var accept in Accepts)
        {
            var answer = await SendAsync(call.Method, call, call.Body, Readable[0], ("Accept", accept));
            Hold(answer, isOpen, usual.Status, $"{call.Name}, Accept: {accept}");
        }

        if (call.Method == "GET")
        {
            var head = await SendAsync("HEAD", call, null, null);
            Hold(head, isOpen, usual.Status, $"HEAD {call.Path}");
            Assert.Equal("", head.Text);
        }

        await (call.Body is null ? WithoutBodyAsync(call, isOpen, usual.Status) : WithBodyAsync(call, isOpen, usual.Status));
    }

    private async Task WithoutBodyAsync(WalkedCall call, bool isOpen, int usual)
    {
        foreach (var type in Unreadable)
        {
            Hold(await SendAsync(call.Method, call, "x", type, ("Content-Encoding", "gzip")), isOpen, usual, $"{call.Name}, {type}");
        }
    }

    private async Task WithBodyAsync(WalkedCall call, bool isOpen, int usual)
    {
        foreach (var type in Readable)
        {
            Hold(await SendAsync(call.Method, call, call.Body, type), isOpen, usual, $"{call.Name}, {type}");
        }

        foreach (var type in Unreadable)
        {
            Hold(await SendAsync(call.Method, call, call.Body, type), isOpen, 415, $"{call.Name}, {type}");
        }

        foreach (var encoding in Encodings)
        {
            var refused = await SendAsync(call.Method, call, call.Body, Readable[0], ("Content-Encoding", encoding));
            Hold(refused, isOpen, 415, $"{call.Name}, Content-Encoding: {encoding}");
            Assert.True(!isOpen || refused.AcceptEncoding == "identity", $"{call.Name}: Accept-Encoding is '{refused.AcceptEncoding}'");
        }

        foreach (var wrong in call.WrongEnums)
        {
            Hold(await SendAsync(call.Method, call, wrong, Readable[0]), isOpen, 422, $"{call.Name}, {wrong}");
        }

        foreach (var body in Bodies)
        {
            foreach (var accept in new[] { "*/*", "text/html" })
            {
                await SendAsync(call.Method, call, body, Readable[0], ("Accept", accept));
            }
        }
    }

    private static void Hold(Answer answer, bool isOpen, int status, string what) =>
        Assert.True(!isOpen || answer.Status == status, $"{what}: expected {status}, got {answer.Status} {answer.Text}");

    private sealed record Answer(int Status, string Text, string? AcceptEncoding);

    private async Task<Answer> SendAsync(
        string method, WalkedCall call, string? body, string? contentType, (string Name, string Value)? header = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), call.Path);
        authenticate(request);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        }

        if (header is var (name, value))
        {
            _ = request.Headers.TryAddWithoutValidation(name, value) || request.Content!.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await client.SendAsync(request);
        var (status, text) = ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
        var what = $"{method} {call.Path}, {contentType}, {header}, {body?[..Math.Min(body.Length, 200)]}: {status} {text}";
        (Sent, Statuses[status]) = (Sent + 1, Statuses.GetValueOrDefault(status) + 1);
        Assert.True(status < 500, what);
        Assert.True(response.Headers.Contains("X-Request-Id"), what);
        if (status >= 400 && method != "HEAD")
        {
            Assert.True(response.Content.Headers.ContentType?.MediaType == "application/problem+json", what);
            using var problem = JsonDocument.Parse(text);
            Assert.Matches("^[A-Z_]+$", problem.RootElement.GetProperty("code").GetString()!);
            Assert.True(problem.RootElement.GetProperty("request_id").GetString() == response.Headers.GetValues("X-Request-Id").Single(), what);
            Assert.False(string.IsNullOrEmpty(problem.RootElement.GetProperty("detail").GetString()), what);
            Assert.True(status != (int)HttpStatusCode.MethodNotAllowed || response.Content.Headers.Allow.Count > 0, what);
        }

        return new Answer(status, text, response.Headers.TryGetValues("Accept-Encoding", out var values) ? string.Join(',', values) : null);
    }
}
