using System.Diagnostics;
using OpenTelemetry.Trace;

namespace MovieSir.ServiceDefaults;

/// <summary>
/// Records what begins with a request or a job. A call to a database or to another service that nothing of ours asked for is polling: it would
/// be a trace of its own, many times a minute.
/// </summary>
internal sealed class RequestSampler : Sampler
{
    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) =>
        new(samplingParameters.Kind == ActivityKind.Client ? SamplingDecision.Drop : SamplingDecision.RecordAndSample);
}
