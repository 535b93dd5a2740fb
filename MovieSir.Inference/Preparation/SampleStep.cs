using Microsoft.Extensions.Options;
using MovieSir.Inference.Import;
using Npgsql;

namespace MovieSir.Inference.Preparation;

/// <summary>Imports the sample catalogue where there is nothing else: neither a film nor a rating that is not the sample's own.</summary>
internal sealed class SampleStep(
    NpgsqlDataSource dataSource, IOptions<CatalogOptions> options, ImportConsole console, IConfiguration configuration, TimeProvider time) : IPreparationStep
{
    public string Name => "sample";

    public async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(options.Value.SamplePath))
        {
            return "none is configured";
        }

        if (await HasDataOfItsOwnAsync(cancellationToken))
        {
            return "not needed, the catalogue has data of its own";
        }

        try
        {
            var path = Path.Combine(AppContext.BaseDirectory, options.Value.SamplePath);
            var jobs = await ImportPlan.CreateAsync([path], ImportKind.Any, SampleReplacement.RatingSource, cancellationToken);
            var importer = new Importer(dataSource, console, time);
            var settings = new ImportSettings { RejectsFolder = ImportCommandOptions.RejectsFolder(configuration) };
            var outcomes = await importer.ImportAsync(jobs, settings, cancellationToken);
            return outcomes.Contains(ImportOutcome.Failed)
                ? throw new PreparationException("The sample catalogue could not be imported; the lines above say why.")
                : outcomes.Contains(ImportOutcome.Imported) ? "imported; `import` puts your own films and ratings in its place" : "unchanged";
        }
        catch (ImportException exception)
        {
            throw new PreparationException($"{exception.Message} Catalog:SamplePath names the sample catalogue's folder.", exception);
        }
    }

    private async Task<bool> HasDataOfItsOwnAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(
            "SELECT EXISTS (SELECT FROM catalog.films WHERE NOT is_sample) OR EXISTS (SELECT FROM catalog.rating_sources WHERE name <> $1)");
        command.Parameters.Add(new NpgsqlParameter { Value = SampleReplacement.RatingSource });
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
