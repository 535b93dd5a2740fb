namespace MovieSir.Inference.Encoding.Tokenizers;

/// <summary>Turns a text into the ids that a model reads; safe to call from many threads.</summary>
internal interface ITokenizer
{
    /// <summary>
    /// The text's ids, at most <paramref name="maxTokens"/> with what the model wants before and after the text; null where the
    /// vocabulary knows less than half of the text, for most of its vector would say "unknown", whatever it is about.
    /// </summary>
    int[]? Encode(string text, int maxTokens);
}
