namespace MovieSir.Inference.Encoding;

/// <summary>A loaded model with its tokenizer; safe to call from many threads.</summary>
internal interface ISentenceModel : IDisposable
{
    /// <summary>Length of every vector.</summary>
    int Dimension { get; }

    /// <summary>The ids of a text, or null where the model cannot read it.</summary>
    int[]? Tokenize(string text, EncodingRole role);

    /// <summary>Runs the model: one vector for each of the token lists, as the model gives it (not normalized).</summary>
    float[][] Run(IReadOnlyList<int[]> batch);
}
