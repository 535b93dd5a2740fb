namespace MovieSir.Inference.Encoding;

/// <summary>Turns texts into sentence embeddings. One implementation serves the whole process; it is safe to call from many threads.</summary>
internal interface ISentenceEncoder
{
    /// <summary>Stable identity of the model, and the key under which its embeddings are stored; known before the model is loaded.</summary>
    string Name { get; }

    /// <summary>Length of every vector; known before the model is loaded.</summary>
    int Dimension { get; }

    /// <summary>Whether texts of any language can have an embedding; otherwise English only.</summary>
    bool IsMultilingual { get; }

    /// <summary>The settings that, beside the text, decide a passage's vector: embeddings made with another recipe are out of date.</summary>
    string Recipe { get; }

    /// <summary>
    /// Encodes texts; the result has one entry per text, in order: an L2-normalized vector of <see cref="Dimension"/> floats, or null
    /// where this encoder has no embedding for the text (an empty text, or Hangul under an English vocabulary).
    /// </summary>
    /// <exception cref="EncoderUnavailableException">The model could not be restored or loaded; the message says what to do.</exception>
    Task<IReadOnlyList<float[]?>> EncodeAsync(IReadOnlyList<string> texts, EncodingRole role, CancellationToken cancellationToken);
}
