using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace MovieSir.ServiceDefaults;

/// <summary>Health as JSON: the state of each check and what it has to say. No exception text: the page may be public.</summary>
internal static class HealthResponse
{
    public static Task WriteAsync(HttpContext context, HealthReport report)
    {
        var body = new Dictionary<string, object>
        {
            ["status"] = report.Status.ToString(),
            ["checks"] = report.Entries.ToDictionary(entry => entry.Key, entry => entry.Value.Status.ToString()),
        };
        foreach (var (key, value) in report.Entries.Values.SelectMany(entry => entry.Data))
        {
            body[key] = value;
        }

        return context.Response.WriteAsJsonAsync(body, context.RequestAborted);
    }
}
