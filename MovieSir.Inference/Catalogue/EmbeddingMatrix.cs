namespace MovieSir.Inference.Catalogue;

/// <summary>Sentence embeddings of the films of a snapshot: L2-normalised rows, so that a dot product is a cosine; zeros where a film has none.</summary>
internal sealed class EmbeddingMatrix(string encoder, FloatMatrix vectors, ulong[] present)
{
    /// <summary>Name of the encoder that made them.</summary>
    public string Encoder { get; } = encoder;

    public FloatMatrix Vectors { get; } = vectors;

    public int Dimension => Vectors.Columns;

    public bool Has(int row) => FilmSet.Contains(present, row);
}
