namespace MovieSir.AppHost;

/// <summary>
/// Where the parts run once they are published. The folder <c>Publishing</c> says it. It is compiled with <c>-p:Publishing=true</c> only, as
/// <c>./moviesir publish</c> does: its packages are not needed to run or to test, and not every feed has them.
/// </summary>
internal sealed partial class Placement
{
    private readonly IDistributedApplicationBuilder _builder;

    /// <summary>Adds the environments that are published for.</summary>
    public Placement(IDistributedApplicationBuilder builder)
    {
        _builder = builder;
        var isIncluded = false;
        AddEnvironments(ref isIncluded);
        if (!isIncluded && builder.ExecutionContext.IsPublishMode && !IsManifest)
        {
            throw new DistributedApplicationException("This build cannot publish compose files or charts. ./moviesir publish makes one that can.");
        }
    }

    /// <summary>Azd's manifest places nothing: its platform does.</summary>
    private bool IsManifest => _builder.Configuration["Pipeline:Step"] == "publish-manifest";

    /// <summary>Places every part of the model, once all are added.</summary>
    public void Place(DatabaseRole apiRole) => PlaceParts(apiRole);

    partial void AddEnvironments(ref bool isIncluded);

    partial void PlaceParts(DatabaseRole apiRole);
}
