using MovieSir.Inference.Encoding;
using MovieSir.Inference.Models;
using MovieSir.Inference.Offline.Import;
using MovieSir.Inference.Offline.Train;
using Npgsql;

namespace MovieSir.Inference.Offline.Prepare;

/// <summary>
/// Trains where the ratings, the encoder or the scoring have changed. Without a model the system serves by meaning and popularity, so that it starts
/// all the same.
/// </summary>
internal sealed class TrainStep(
    NpgsqlDataSource dataSource, ISentenceEncoder encoder, TrainSettings settings, ImportConsole console, TimeProvider time)
    : IPreparationStep
{
    public string Name => "train";

    public async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            var job = new TrainJob(dataSource, encoder.NameIfEnabled, new ModelPublisher(dataSource, time), console.WriteLine);
            return await job.RunAsync(settings, cancellationToken) switch
            {
                TrainOutcome.Published => "published",
                TrainOutcome.Unchanged => "unchanged",
                TrainOutcome.TooLittleData => "SKIPPED, too few ratings",
                TrainOutcome.RefusedByQualityGate => "REFUSED, the model published before stays",
                TrainOutcome.AlreadyRunning => "SKIPPED, another run is under way",
                var other => throw new InvalidOperationException($"Unknown outcome {other}."),
            };
        }
        catch (Exception exception) when (exception is InvalidModelException or ArithmeticException)
        {
            throw new PreparationException(exception.Message, exception);
        }
    }
}
