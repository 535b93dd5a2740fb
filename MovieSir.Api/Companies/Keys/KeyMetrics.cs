using System.Diagnostics.Metrics;
using MovieSir.ServiceDefaults;

namespace MovieSir.Api.Companies.Keys;

/// <summary>Refused credentials, in the meter <c>MovieSir.Api</c>.</summary>
internal sealed class KeyMetrics(IMeterFactory factory)
{
    private readonly Counter<long> _refused = factory.Create(ServiceDefaultsExtensions.TelemetryPrefix + "Api")
        .CreateCounter<long>("moviesir.api.calls.refused", "{call}", "Partner calls without a valid key.");

    public void Refused(string code) => _refused.Add(1, new KeyValuePair<string, object?>("code", code));
}
