namespace MovieSir.AppHost.Dashboard;

/// <summary>What a part looks like on the dashboard: its icon and its links.</summary>
internal static class Appearance
{
    public static IResourceBuilder<T> Shown<T>(this IResourceBuilder<T> part, string icon, IResourceBuilder<IResource>? below = null)
        where T : IResource
    {
        part.WithIconName(icon);
        return below is null ? part : part.WithParentRelationship(below);
    }

    /// <summary>Names the address of the endpoint <c>http</c>, and adds pages below it.</summary>
    public static IResourceBuilder<T> WithPages<T>(this IResourceBuilder<T> part, string name, params (string Name, string Path)[] pages)
        where T : IResourceWithEndpoints
    {
        part.WithUrlForEndpoint("http", url => url.DisplayText = name);
        foreach (var page in pages)
        {
            part.WithUrlForEndpoint("http", _ => new ResourceUrlAnnotation { Url = page.Path, DisplayText = page.Name });
        }

        return part;
    }

    /// <summary>The sites of the edge, each under its own name.</summary>
    public static IResourceBuilder<T> WithSites<T>(this IResourceBuilder<T> edge, int port)
        where T : IResourceWithEndpoints => edge.WithUrls(context =>
        {
            context.Urls.Clear();
            foreach (var (name, host) in (ReadOnlySpan<(string, string)>)
                [("The app", "demo.localhost"), ("Landing page", "localhost"), ("Console", "console.localhost"), ("Partner API", "api.localhost")])
            {
                context.Urls.Add(new ResourceUrlAnnotation { Url = $"http://{host}:{port}", DisplayText = name });
            }
        });
}
