using System.Diagnostics;
using MovieSir.Inference.Encoding;
using MovieSir.Inference.Offline.Embed;

namespace MovieSir.Inference.Offline.Prepare;

/// <summary>
/// Embeds the movies that changed. Without embeddings everything would seem to work and rank worse, so an encoder that cannot be loaded fails the
/// preparation. Who wants to do without says so (<c>Encoder:Enabled</c>).
/// </summary>
internal sealed class EmbedStep(EmbedJob job, ISentenceEncoder encoder, EmbedProgress progress) : IPreparationStep
{
    public string Name => "embed";

    public async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        if (!encoder.IsEnabled)
        {
            return "switched off (Encoder:Enabled is false): search is by titles, and recommendations do without embeddings";
        }

        try
        {
            var started = Stopwatch.GetTimestamp();
            var result = await job.RunAsync(force: false, progress, cancellationToken);
            return EmbedCommand.Describe(result, encoder, Stopwatch.GetElapsedTime(started));
        }
        catch (EncoderUnavailableException exception)
        {
            throw new PreparationException(
                $"The movies cannot be embedded. {exception.Message} To serve without embeddings, set Encoder:Enabled to false.", exception);
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
