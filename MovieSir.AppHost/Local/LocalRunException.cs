namespace MovieSir.AppHost.Local;

/// <summary>A run that cannot go on; the message is for the person who started it.</summary>
internal sealed class LocalRunException(string message) : Exception(message);
