namespace MovieSir.Inference.Offline.Datasets;

/// <summary>An evaluation that cannot be done; the message says why.</summary>
internal sealed class EvaluationException(string message) : Exception(message);
