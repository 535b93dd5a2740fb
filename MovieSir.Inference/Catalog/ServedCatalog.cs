using MovieSir.Inference.Serving;
using MovieSir.Inference.Telemetry;

namespace MovieSir.Inference.Catalog;

/// <summary>The snapshot that is served now. Swapping is one write of a reference: a request that began on the old one ends on it.</summary>
internal sealed class ServedCatalog
{
    private volatile CatalogSnapshot? _current;
    private volatile string? _refusal;

    /// <summary>Null until the first snapshot was loaded; never null again after that.</summary>
    public CatalogSnapshot? Current => _current;

    /// <summary>For handlers behind <see cref="CatalogRouteExtensions.RequireCatalog"/>. Read it once a request.</summary>
    public CatalogSnapshot Snapshot => _current ?? throw new InvalidOperationException("No catalog is loaded yet.");

    /// <summary>Why the newest revision is not the one that is served; null where it is.</summary>
    public string? Refusal => _refusal;

    public void Swap(CatalogSnapshot snapshot)
    {
        _refusal = null;
        _current = snapshot;
        InferenceTelemetry.Swaps.Add(1);
    }

    /// <summary>A revision cannot be served: what is in memory is served on.</summary>
    /// <param name="reason">A sentence, for anybody to read.</param>
    public void Refuse(string reason) => _refusal = reason;
}
