using MovieSir.Inference.Catalog;

namespace MovieSir.Bench.Scale;

/// <summary>
/// Bytes of the catalog that one call without filters must read once: what a call would take if nothing but memory limited it. Buffers of the call
/// itself are not in it; they are read and written in the caches where those hold them.
/// </summary>
internal static class TouchedBytes
{
    public static long Of(CatalogSnapshot snapshot, int profileMovies)
    {
        var perMovie =
            (snapshot.Embeddings is null ? 0 : profileMovies * sizeof(short))    // kept columns of likeness
            + sizeof(ulong) + sizeof(int)                                      // genres, number of the set of genres
            + sizeof(short)                                                    // minutes
            + (3 * sizeof(float))                                              // quality, popularity, year
            + (2 * sizeof(int));                                               // ratings, movie id
        var bytes = (long)perMovie * snapshot.Count;
        for (var row = 0; row < snapshot.Count && snapshot.Model is not null; row++)
        {
            bytes += snapshot.Model.Has(row) ? snapshot.Model.Quantized.Stride : 0;
        }

        return bytes;
    }
}
