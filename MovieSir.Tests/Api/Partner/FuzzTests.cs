using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using MovieSir.Tests.Api.Infrastructure;
using MovieSir.Tests.Infrastructure;

namespace MovieSir.Tests.Api.Partner;

/// <summary>Requests made from the OpenAPI document and then bent: whatever is sent, the answer is one of the contract's.</summary>
public sealed class FuzzTests(TestServers servers) : ApiTest(servers)
{
    private const int Requests = 10_000;

    private static readonly string[] Oddities =
    [
        "null", "true", "-1", "0", "1", "1441", "2147483647", "2147483648", "-9223372036854775809", "1e400", "1.5", "\"\"", "\"x\"", "\"180\"", "[]",
        "{}", "[[]]", "[null]", "NaN",
        "Infinity", "\"\\ud800\"", "\"\\u0000\"", "\"\\u202e한글\"", "\"'; DROP TABLE b2b.api_keys; --\"", "[1,\"1\"]", "{\"a\":{\"b\":{}}}", "00",
        "+1", ".5", "\"\t\"", "undefined",
    ];

    [Fact]
    public async Task Ten_thousand_bent_requests_meet_no_server_error()
    {
        var repeated = Environment.GetEnvironmentVariable("MOVIESIR_FUZZ_SEED");
        var seed = int.TryParse(repeated, CultureInfo.InvariantCulture, out var given) ? given : Random.Shared.Next();
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed} (MOVIESIR_FUZZ_SEED repeats it)");
        var api = await StartApiAsync();
        var (handle, key) = await api.CreateKeyAsync(dailyLimit: int.MaxValue, burst: int.MaxValue);
        using var documented = await api.GetAsync(null, "/openapi.json");
        var document = await documented.JsonAsync();
        var operations = document.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject()
                .Select(operation => (Path: path.Name, Method: operation.Name, Operation: operation.Value)))
            .Where(operation => operation.Operation.TryGetProperty("security", out _))
            .ToList();

        var statuses = new ConcurrentDictionary<int, int>();
        await Parallel.ForEachAsync(Enumerable.Range(0, Requests), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (i, _) =>
        {
            var random = new Random(seed + i);
            var (path, method, operation) = operations[random.Next(operations.Count)];
            var (target, body) = (TargetOf(path, operation, random), BodyOf(document, operation, random));
            using var content = body is null ? null : new ByteArrayContent(body);
            if (content is not null)
            {
                content.Headers.TryAddWithoutValidation("Content-Type",
                    random.Next(50) == 0 ? Pick(random, "text/xml", "application/json; charset=utf-16", "nonsense") : "application/json");
            }

            using var response = await api.SendAsync(key, HttpMethod.Parse(method), target, content);
            var status = (int)response.StatusCode;
            statuses.AddOrUpdate(status, 1, (_, count) => count + 1);
            var text = await response.Content.ReadAsStringAsync(CancellationToken.None);
            var shown = body is null ? "" : Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(body.Length, 300)));
            var request = $"request {i}: {method} {target} {shown}";
            Assert.True(status < 500, $"{request}\n{status} {text}");
            Assert.False(string.IsNullOrEmpty(response.Header("RateLimit")), request);
            if (status >= 400)
            {
                Assert.True(JsonDocument.Parse(text).RootElement.TryGetProperty("code", out var code)
                    && code.GetString()!.All(letter => char.IsAsciiLetterUpper(letter) || letter == '_'), $"{request}\n{status} {text}");
            }
        });

        TestContext.Current.TestOutputHelper!.WriteLine(
            string.Join(", ", statuses.OrderBy(status => status.Key).Select(status => $"{status.Value} x {status.Key}")));
        Assert.DoesNotContain(api.Log.Entries, entry => entry.Level >= LogLevel.Error);
        Assert.True(statuses.ContainsKey(200) && statuses.ContainsKey(400) && statuses.ContainsKey(422));
        var rows = await LogRowsAsync(Requests, handle);
        Assert.Equal(statuses.Where(status => status.Key < 300).Sum(status => status.Value), rows.Count(row => row.Status < 300));
    }

    private static string TargetOf(string path, JsonElement operation, Random random)
    {
        var target = path.Replace("{id}",
            Uri.EscapeDataString(Pick(random, "1", "496243", "-1", "0", "2147483648", "x", "1e3", "한", " ", "%00", "..")), StringComparison.Ordinal);
        if (operation.TryGetProperty("parameters", out var parameters))
        {
            var query = parameters.EnumerateArray().Where(parameter => parameter.GetProperty("in").ValueEquals("query") && random.Next(2) == 0)
                .Select(parameter => $"{parameter.GetProperty("name").GetString()}={Uri.EscapeDataString(Pick(random, Oddities))}").ToList();
            target += query.Count == 0 ? "" : "?" + string.Join('&', query);
        }

        return target;
    }

    private static byte[]? BodyOf(JsonElement document, JsonElement operation, Random random)
    {
        if (!operation.TryGetProperty("requestBody", out var body))
        {
            return null;
        }

        var json = new StringBuilder();
        Write(document, body.GetProperty("content").GetProperty("application/json").GetProperty("schema"), json, random);
        var bytes = Encoding.UTF8.GetBytes(json.ToString());
        switch (random.Next(20))
        {
            case 0 when bytes.Length > 0:
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256); // bad UTF-8, or bad JSON
                return bytes;
            case 1:
                return bytes[..random.Next(bytes.Length + 1)];
            case 2:
                var depth = random.Next(1, 5000);
                return Encoding.ASCII.GetBytes($"{{\"available_time\":{new string('[', depth)}{new string(']', depth)}}}");
            default:
                return bytes;
        }
    }

    private static void Write(JsonElement document, JsonElement schema, StringBuilder json, Random random)
    {
        if (schema.TryGetProperty("$ref", out var reference))
        {
            Write(document, document.GetProperty("components").GetProperty("schemas")
                .GetProperty(reference.GetString()!["#/components/schemas/".Length..]), json, random);
        }
        else if (random.Next(12) == 0)
        {
            json.Append(Pick(random, Oddities));
        }
        else if (schema.TryGetProperty("enum", out var names))
        {
            json.Append(names[random.Next(names.GetArrayLength())].GetRawText());
        }
        else if (schema.TryGetProperty("properties", out var properties))
        {
            var written = properties.EnumerateObject().Where(_ => random.Next(3) > 0).ToList();
            written.AddRange(written.Where(_ => random.Next(30) == 0).ToList()); // keys that come twice
            json.Append('{');
            for (var i = 0; i < written.Count; i++)
            {
                json.Append(i == 0 ? "" : ",").Append('"').Append(written[i].Name).Append("\":");
                Write(document, written[i].Value, json, random);
            }

            json.Append('}');
        }
        else
        {
            WritePlain(document, schema, json, random);
        }
    }

    private static void WritePlain(JsonElement document, JsonElement schema, StringBuilder json, Random random)
    {
        var type = !schema.TryGetProperty("type", out var types) ? "string"
            : types.ValueKind == JsonValueKind.Array ? types.EnumerateArray().Select(name => name.GetString()).First(name => name != "null")
            : types.GetString();
        switch (type)
        {
            case "array":
                var bound = schema.TryGetProperty("maxItems", out var max) ? max.GetInt32() : 10;
                var count = random.Next(10) switch { 0 => bound, 1 => bound + 1, 2 => 0, _ => random.Next(5) };
                json.Append('[');
                for (var i = 0; i < count; i++)
                {
                    json.Append(i == 0 ? "" : ",");
                    Write(document, schema.GetProperty("items"), json, random);
                }

                json.Append(']');
                break;
            case "integer":
                json.Append(random.Next(-10, 1500).ToString(CultureInfo.InvariantCulture));
                break;
            case "boolean":
                json.Append(random.Next(2) == 0 ? "true" : "false");
                break;
            default:
                json.Append('"').Append(schema.TryGetProperty("format", out var format) && format.ValueEquals("uuid")
                    ? Guid.NewGuid().ToString()
                    : new string('가', random.Next(10) == 0 && json.Length < 20_000 ? 2000 : random.Next(20))).Append('"');
                break;
        }
    }

    private static string Pick(Random random, params string[] texts) => texts[random.Next(texts.Length)];
}
