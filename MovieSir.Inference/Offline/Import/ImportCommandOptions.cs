using System.CommandLine;
using MovieSir.Inference.Commands;

namespace MovieSir.Inference.Offline.Import;

/// <summary>The options that all kinds of import share.</summary>
internal sealed class ImportCommandOptions
{
    private readonly Option<bool> _force = new("--force") { Description = "Import a file again that has not changed since." };

    private readonly Option<bool> _keepSample = new("--keep-sample")
    {
        Description = "Keep what the sample catalog brought. Otherwise real movies replace its movies, and real ratings its simulated ratings.",
    };

    private readonly Option<string?> _rejects = new("--rejects")
    {
        Description = "Folder for the lists of rejected and corrected rows. [default: .moviesir/rejects]",
    };

    public Option<string?> Source { get; } = new("--source")
    {
        Description = "Name of the ratings source, in place of the folder's. Its ratings become those of the files. "
            + $"\"{SampleReplacement.RatingSource}\" is the sample's.",
    };

    public void AddTo(Command command, bool withSource)
    {
        command.Add(_force);
        command.Add(_keepSample);
        command.Add(_rejects);
        if (withSource)
        {
            command.Add(Source);
        }
    }

    public ImportSettings Read(ParseResult parsed, IConfiguration configuration) => new()
    {
        Force = parsed.GetValue(_force),
        KeepSample = parsed.GetValue(_keepSample),
        RejectsFolder = Path.GetFullPath(parsed.GetValue(_rejects) ?? RejectsFolder(configuration)),
    };

    public static string RejectsFolder(IConfiguration configuration) => Path.Combine(MovieSirHome.Find(configuration), "rejects");
}
