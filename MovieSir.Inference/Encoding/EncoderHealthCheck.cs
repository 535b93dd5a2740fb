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
            return new HealthCheckResult(context.Registration.FailureStatus, $"The sentence encoder {encoder.Name} is being loaded.");
        }

        try
        {
            await loading;
            return HealthCheckResult.Healthy($"The sentence encoder {encoder.Name} is loaded.");
        }
        catch (EncoderUnavailableException exception)
        {
            return new HealthCheckResult(context.Registration.FailureStatus, exception.Message);
        }
    }
}
