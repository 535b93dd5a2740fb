using MovieSir.Inference.Numerics;

namespace MovieSir.Inference.Catalog;

/// <summary>
/// Sentence embeddings of the movies of a snapshot: L2-normalized rows, so that a dot product is a cosine; zeros where a movie has none.
/// </summary>
/// <param name="encoder">Name of the encoder that made them.</param>
/// <param name="vectors">One row a movie.</param>
/// <param name="present">The movies that have one.</param>
/// <param name="similarityBytes">What <see cref="Similarity"/> may keep.</param>
internal sealed class EmbeddingMatrix(string encoder, FloatMatrix vectors, ulong[] present, long similarityBytes)
{
    public string Encoder { get; } = encoder;

    public FloatMatrix Vectors { get; } = vectors;

    /// <summary>The vectors in a quarter of the bytes.</summary>
    public QuantizedMatrix Quantized => Similarity.Matrix;

    /// <summary>Likeness of movies to profiles, from a quantized copy of the vectors.</summary>
    public SimilarityCache Similarity { get; } = new(new QuantizedMatrix(vectors), similarityBytes);

    public int Dimension => Vectors.Columns;

    public ReadOnlySpan<ulong> Present => present;

    public bool Has(int row) => RowSet.Contains(present, row);
}
