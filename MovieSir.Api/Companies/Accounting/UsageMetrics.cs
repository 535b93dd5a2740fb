using System.Diagnostics;
using System.Diagnostics.Metrics;
using MovieSir.Data.B2b;
using MovieSir.ServiceDefaults;

namespace MovieSir.Api.Companies.Accounting;

/// <summary>Answered calls and their usage events, in the meter <c>MovieSir.Api</c>.</summary>
internal sealed class UsageMetrics
{
    private readonly Counter<long> _calls;
    private readonly Histogram<double> _latency;
    private readonly Counter<long> _lost;
    private readonly Counter<long> _direct;

    public UsageMetrics(IMeterFactory factory)
    {
        var meter = factory.Create(ServiceDefaultsExtensions.TelemetryPrefix + "Api");
        _calls = meter.CreateCounter<long>("moviesir.api.calls", "{call}", "Answered partner calls.");
        _latency = meter.CreateHistogram<double>("moviesir.api.call.duration", "ms", "From a partner call's arrival to its answer's first byte.");
        _lost = meter.CreateCounter<long>("moviesir.api.usage.lost", "{event}", "Usage events that no store took.");
        _direct = meter.CreateCounter<long>("moviesir.api.usage.direct", "{event}", "Usage events written without Redis.");
        meter.CreateObservableGauge("moviesir.api.usage.queued", () => Queued, "{event}", "Usage events that wait in Redis.");
    }

    /// <summary>Events that wait in Redis, as last counted.</summary>
    public long Queued { get; set; }

    public void Answered(RequestLogEntry entry, Plan plan)
    {
        var tags = new TagList { { "endpoint", entry.Endpoint }, { "status", entry.Status }, { "plan", plan.ToString() } };
        _latency.Record(entry.LatencyMs, tags);
        if (entry.ErrorCode is not null)
        {
            tags.Add("code", entry.ErrorCode);
        }

        _calls.Add(1, tags);
    }

    public void Lost(int events) => _lost.Add(events);

    public void WrittenDirectly() => _direct.Add(1);
}
