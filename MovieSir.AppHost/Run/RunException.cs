namespace MovieSir.AppHost.Run;

/// <summary>A run cannot start, for a reason that its user can do something about.</summary>
internal sealed class RunException(string message) : Exception(message);
