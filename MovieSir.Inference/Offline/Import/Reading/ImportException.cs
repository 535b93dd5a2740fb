namespace MovieSir.Inference.Offline.Import.Reading;

/// <summary>A file or an argument cannot be imported; the message says what is wrong with it and what to do. Nothing of the file was kept.</summary>
internal sealed class ImportException(string message, Exception? innerException = null) : Exception(message, innerException);
