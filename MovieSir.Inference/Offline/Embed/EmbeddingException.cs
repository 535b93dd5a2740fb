namespace MovieSir.Inference.Offline.Embed;

/// <summary>Movies cannot be embedded as things are; the message says what is wrong and what to do.</summary>
internal sealed class EmbeddingException(string message) : Exception(message);
