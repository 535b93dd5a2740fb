using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace MovieSir.Inference.Encoding;

internal sealed class EncoderHealthCheck(SentenceEncoder encoder) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (!encoder.IsEnabled)
        {
            return HealthCheckResult.Healthy("The sentence encoder is switched off (Encoder:Enabled is false).");
        }

        var loading = encoder.LoadAsync(cancellationToken);
        if (!loading.IsCompleted)
        {
            return Missing($"The sentence encoder {encoder.Name} is being loaded.");
        }

        try
        {
            await loading;
            return HealthCheckResult.Healthy($"The sentence encoder {encoder.Name} is loaded.");
        }
        catch (EncoderUnavailableException exception)
        {
            return Missing(exception.Message);
        }

        HealthCheckResult Missing(string reason) =>
            new(context.Registration.FailureStatus, reason, data: new Dictionary<string, object> { ["encoder_fault"] = reason });
    }
}
