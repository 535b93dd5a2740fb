using MovieSir.Inference.Serving;
using MovieSir.Inference.Telemetry;

namespace MovieSir.Inference.Catalog;

/// <summary>The snapshot that is served now. Swapping is one write of a reference: a request that began on the old one ends on it.</summary>
internal sealed class ServedCatalog
{
    private volatile CatalogSnapshot? _current;

    /// <summary>Null until the first snapshot was loaded; never null again after that.</summary>
    public CatalogSnapshot? Current => _current;

    /// <summary>For handlers behind <see cref="CatalogRouteExtensions.RequireCatalog"/>. Read it once a request.</summary>
    public CatalogSnapshot Snapshot => _current ?? throw new InvalidOperationException("No catalog is loaded yet.");

    public void Swap(CatalogSnapshot snapshot)
    {
        _current = snapshot;
        InferenceTelemetry.Swaps.Add(1);
    }
}
