namespace MovieSir.Inference.Encoding;

/// <summary>Turns texts into sentence embeddings. One implementation serves the whole process; it is safe to call from many threads.</summary>
internal interface ISentenceEncoder
{
    /// <summary>Stable identity of the model, and the key under which its embeddings are stored; known before the model is loaded.</summary>
    string Name { get; }

    /// <summary>Whether embeddings are wanted at all (<c>Encoder:Enabled</c>). Where they are not, this encoder is never loaded.</summary>
    bool IsEnabled => true;

    /// <summary>The encoder whose embeddings count: <see cref="Name"/>, or null where embeddings are not wanted.</summary>
    string? NameIfEnabled => IsEnabled ? Name : null;

    /// <summary>Whether texts of any language can have an embedding; otherwise English only.</summary>
    bool IsMultilingual { get; }

    /// <summary>The settings that, beside the text, decide a passage's vector: embeddings made with another recipe are out of date.</summary>
    string Recipe { get; }

    /// <summary>Length of every vector. The model says it, so this loads the model.</summary>
    /// <exception cref="EncoderUnavailableException">The model cannot be loaded; the message says what to do.</exception>
    Task<int> DimensionAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Encodes texts; the result has one entry per text, in order: an L2-normalized vector, or null where this encoder cannot read the text (an empty
    /// text, or Hangul under an English encoder).
    /// </summary>
    /// <exception cref="EncoderUnavailableException">The model cannot be loaded; the message says what to do.</exception>
    Task<IReadOnlyList<float[]?>> EncodeAsync(IReadOnlyList<string> texts, EncodingRole role, CancellationToken cancellationToken);
}
