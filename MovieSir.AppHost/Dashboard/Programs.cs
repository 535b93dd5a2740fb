using MovieSir.AppHost.Run;

namespace MovieSir.AppHost.Dashboard;

#pragma warning disable ASPIREPROCESSCOMMAND001 // commands that run a process are experimental

/// <summary>Runs the services' own commands beside them, as <c>./moviesir key</c> and <c>import</c> do.</summary>
internal sealed class Programs(IDistributedApplicationBuilder builder, RunAddresses addresses)
{
    public async ValueTask<ProcessCommandSpec> ApiAsync(CancellationToken cancellationToken, params string[] arguments) =>
        await SpecAsync("MovieSir.Api", arguments, cancellationToken);

    public async ValueTask<ProcessCommandSpec> InferenceAsync(CancellationToken cancellationToken, params string[] arguments) =>
        await SpecAsync("MovieSir.Inference", arguments, cancellationToken);

    private async Task<ProcessCommandSpec> SpecAsync(string project, string[] arguments, CancellationToken cancellationToken) => new("dotnet")
    {
        Arguments = [ProgramOf(project), .. arguments],
        WorkingDirectory = builder.AppHostDirectory,
        EnvironmentVariables = await addresses.ResolveAsync(cancellationToken),
    };

    // Built with the AppHost: same configuration, same framework.
    private string ProgramOf(string project)
    {
        var output = Path.GetRelativePath(builder.AppHostDirectory, AppContext.BaseDirectory);
        return Path.GetFullPath(Path.Combine(builder.AppHostDirectory, "..", project, output, $"{project}.dll"));
    }
}
