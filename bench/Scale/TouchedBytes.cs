using MovieSir.Inference.Catalogue;

namespace MovieSir.Bench.Scale;

/// <summary>
/// Bytes of the catalogue that one call without filters must read once: what a call would take if nothing but memory limited it. Buffers of the call
/// itself are not in it; they are read and written in the caches where those hold them.
/// </summary>
internal static class TouchedBytes
{
    public static long Of(CatalogueSnapshot snapshot, int profileFilms)
    {
        var perFilm =
            (snapshot.Embeddings is null ? 0 : profileFilms * sizeof(short))    // kept columns of likeness
            + sizeof(ulong) + sizeof(int)                                      // genres, number of the set of genres
            + sizeof(short)                                                    // minutes
            + (3 * sizeof(float))                                              // quality, popularity, year
            + (2 * sizeof(int));                                               // ratings, movie id
        var bytes = (long)perFilm * snapshot.Count;
        for (var row = 0; row < snapshot.Count && snapshot.Model is not null; row++)
        {
            bytes += snapshot.Model.Has(row) ? snapshot.Model.Quantised.Stride : 0;
        }

        return bytes;
    }
}
