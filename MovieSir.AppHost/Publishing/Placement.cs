using MovieSir.AppHost.Publishing;

namespace MovieSir.AppHost;

/// <summary>Which part runs on which node.</summary>
internal sealed partial class Placement
{
    private Nodes _nodes = new();

    // There is none in a run; and the manifest would carry an error entry for each.
    partial void AddEnvironments(ref bool isIncluded)
    {
        isIncluded = true;
        if (_builder.ExecutionContext.IsPublishMode && !IsManifest)
        {
            _nodes = _builder.AddNodes();
        }
    }

    partial void PlaceParts(DatabaseRole apiRole)
    {
        if (_builder.ExecutionContext.IsRunMode || IsManifest)
        {
            return;
        }

        Part<PostgresServerResource>("postgres").PublishOn(_nodes.Gpu, ComposeServices.Postgres);
        Part<RedisResource>("redis").PublishOn(_nodes.App, ComposeServices.Redis);
        Part<ProjectResource>("catalog").PublishOn(_nodes.Gpu, ComposeServices.Catalog);
        Part<ProjectResource>("inference").WithProbes(_nodes, port: 8001).PublishOn(_nodes.Gpu, ComposeServices.Inference);
        var api = Part<ProjectResource>("api").WithProbes(_nodes, port: 8000).PublishOn(_nodes.App, ComposeServices.Api);

        api.ReachAcross(_nodes, apiRole);
        _builder.AddPublishedEdge(_nodes, api);
        _builder.WriteGpuOverride(_nodes);
    }

    private IResourceBuilder<T> Part<T>(string name)
        where T : IResource => _builder.CreateResourceBuilder<T>(name);
}
