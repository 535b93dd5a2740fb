using System.Diagnostics;
using MovieSir.Inference.Embedding;
using MovieSir.Inference.Encoding;

namespace MovieSir.Inference.Preparation;

/// <summary>Embeds the movies that changed. Recommending works without an encoder, so that one that cannot be had does not keep the system from starting.</summary>
internal sealed class EmbedStep(EmbedJob job, ISentenceEncoder encoder, EmbedProgress progress, ILogger<EmbedStep> logger) : IPreparationStep
{
    public string Name => "embed";

    public async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            var started = Stopwatch.GetTimestamp();
            var result = await job.RunAsync(force: false, progress, cancellationToken);
            return EmbedCommand.Describe(result, encoder, Stopwatch.GetElapsedTime(started));
        }
        catch (EncoderUnavailableException exception)
        {
            logger.LogWarning(exception, "The movies could not be embedded: recommendations do without the sentence encoder until the next start");
            return $"SKIPPED, the next start tries again. {exception.Message}";
        }
        catch (EmbeddingException exception)
        {
            throw new PreparationException(exception.Message, exception);
        }
        finally
        {
            progress.End();
        }
    }
}
