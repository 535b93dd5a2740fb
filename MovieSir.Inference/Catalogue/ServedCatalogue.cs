namespace MovieSir.Inference.Catalogue;

/// <summary>The snapshot that is served now. Swapping is one write of a reference: a request that began on the old one ends on it.</summary>
internal sealed class ServedCatalogue
{
    private volatile CatalogueSnapshot? _current;

    /// <summary>Null until the first snapshot was loaded; never null again after that.</summary>
    public CatalogueSnapshot? Current => _current;

    /// <summary>For handlers behind <see cref="CatalogueRouteExtensions.RequireCatalogue"/>. Read it once a request.</summary>
    public CatalogueSnapshot Snapshot => _current ?? throw new InvalidOperationException("No catalogue is loaded yet.");

    public void Swap(CatalogueSnapshot snapshot)
    {
        _current = snapshot;
        InferenceTelemetry.Swaps.Add(1);
    }
}
