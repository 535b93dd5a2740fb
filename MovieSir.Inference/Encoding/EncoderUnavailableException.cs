namespace MovieSir.Inference.Encoding;

/// <summary>The sentence encoder cannot be used; the message says what is wrong and what to do about it.</summary>
internal sealed class EncoderUnavailableException(string message, Exception? innerException = null) : Exception(message, innerException);
