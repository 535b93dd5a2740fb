using MovieSir.Inference.Ranking;

namespace MovieSir.Inference.Catalogue;

/// <summary>Sentence embeddings of the films of a snapshot: L2-normalised rows, so that a dot product is a cosine; zeros where a film has none.</summary>
/// <param name="encoder">Name of the encoder that made them.</param>
/// <param name="vectors">One row a film.</param>
/// <param name="present">The films that have one.</param>
/// <param name="similarityBytes">What <see cref="Similarity"/> may keep.</param>
internal sealed class EmbeddingMatrix(string encoder, FloatMatrix vectors, ulong[] present, long similarityBytes)
{
    public string Encoder { get; } = encoder;

    public FloatMatrix Vectors { get; } = vectors;

    /// <summary>Likeness of films to profiles, from a quantised copy of the vectors.</summary>
    public SimilarityCache Similarity { get; } = new(new QuantisedMatrix(vectors), similarityBytes);

    public int Dimension => Vectors.Columns;

    public ReadOnlySpan<ulong> Present => present;

    public bool Has(int row) => FilmSet.Contains(present, row);
}
