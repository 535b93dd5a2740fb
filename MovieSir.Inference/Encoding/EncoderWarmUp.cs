using Microsoft.Extensions.Options;

namespace MovieSir.Inference.Encoding;

/// <summary>Loads the encoder when the server starts, where it is wanted, and keeps trying until it is there.</summary>
internal sealed class EncoderWarmUp(SentenceEncoder encoder, IOptions<EncoderOptions> options, TimeProvider time, ILogger<EncoderWarmUp> logger)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (encoder.IsEnabled)
        {
            try
            {
                await encoder.LoadAsync(stoppingToken);
                return;
            }
            catch (EncoderUnavailableException exception)
            {
                logger.LogError("{Reason} Tried again in {RetrySeconds} s", exception.Message, options.Value.RetrySeconds);
            }

            await Task.Delay(TimeSpan.FromSeconds(options.Value.RetrySeconds), time, stoppingToken);
        }
    }
}
