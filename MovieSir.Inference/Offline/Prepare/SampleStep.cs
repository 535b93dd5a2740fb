using Microsoft.Extensions.Options;
using MovieSir.Inference.Offline.Import;
using MovieSir.Inference.Offline.Import.Planning;
using MovieSir.Inference.Offline.Import.Reading;
using Npgsql;

namespace MovieSir.Inference.Offline.Prepare;

/// <summary>Imports the sample catalog where there is nothing else: neither a movie nor a rating that is not the sample's own.</summary>
internal sealed class SampleStep(
    NpgsqlDataSource dataSource, IOptions<SampleOptions> options, ImportConsole console, IConfiguration configuration, TimeProvider time)
    : IPreparationStep
{
    public string Name => "sample";

    public async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(options.Value.Path))
        {
            return "none is configured";
        }

        if (await SampleStore.HasOtherDataAsync(dataSource, cancellationToken))
        {
            return "not needed, the catalog has data of its own";
        }

        try
        {
            var path = Path.Combine(AppContext.BaseDirectory, options.Value.Path);
            using var pipes = new PipedInputs();
            var jobs = await ImportPlan.CreateAsync([path], ImportKind.Any, SampleReplacement.RatingSource, pipes, cancellationToken);
            var importer = new Importer(dataSource, console, time);
            var settings = new ImportSettings { RejectsFolder = ImportCommandOptions.RejectsFolder(configuration) };
            var outcomes = await importer.ImportAsync(jobs, settings, cancellationToken);
            return outcomes.Contains(ImportOutcome.Failed)
                ? throw new PreparationException("The sample catalog could not be imported; the lines above say why.")
                : outcomes.Contains(ImportOutcome.Imported) ? "imported; `import` puts your own movies and ratings in its place" : "unchanged";
        }
        catch (ImportException exception)
        {
            throw new PreparationException($"{exception.Message} Sample:Path names the sample catalog's folder.", exception);
        }
    }
}
