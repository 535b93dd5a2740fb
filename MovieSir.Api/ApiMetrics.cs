using System.Diagnostics.Metrics;
using MovieSir.ServiceDefaults;

namespace MovieSir.Api;

/// <summary>The meter <c>MovieSir.Api</c>: what the framework's own meters do not tell.</summary>
internal sealed class ApiMetrics
{
    private readonly Counter<long> _calls;
    private readonly Histogram<double> _latency;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _usageLost;
    private readonly Counter<long> _usageDetours;

    public ApiMetrics(IMeterFactory factory)
    {
        var meter = factory.Create(ServiceDefaultsExtensions.TelemetryPrefix + "Api");
        _calls = meter.CreateCounter<long>("moviesir.api.calls", "{call}", "Answered partner calls.");
        _latency = meter.CreateHistogram<double>("moviesir.api.call.duration", "ms", "From a partner call's arrival to its answer's first byte.");
        _refused = meter.CreateCounter<long>("moviesir.api.calls.refused", "{call}", "Partner calls without a valid key.");
        _usageLost = meter.CreateCounter<long>("moviesir.api.usage.lost", "{event}", "Usage events that no store took.");
        _usageDetours = meter.CreateCounter<long>("moviesir.api.usage.direct", "{event}", "Usage events written without Redis.");
        meter.CreateObservableGauge("moviesir.api.usage.queued", () => QueuedUsage, "{event}", "Usage events that wait in Redis.");
    }

    public long QueuedUsage { get; set; }

    public void Answered(string endpoint, int status, string plan, string? code, double milliseconds)
    {
        var tags = new System.Diagnostics.TagList { { "endpoint", endpoint }, { "status", status }, { "plan", plan } };
        _latency.Record(milliseconds, tags);
        if (code is not null)
        {
            tags.Add("code", code);
        }

        _calls.Add(1, tags);
    }

    public void Refused(string code) => _refused.Add(1, new KeyValuePair<string, object?>("code", code));

    public void UsageLost() => _usageLost.Add(1);

    public void UsageDetoured() => _usageDetours.Add(1);
}
