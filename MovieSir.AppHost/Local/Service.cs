namespace MovieSir.AppHost.Local;

/// <summary>One process of the system: how to start it, what must be ready before, and how to see that it is ready itself.</summary>
internal sealed record Service
{
    public required string Name { get; init; }

    public required string FileName { get; init; }

    public required IReadOnlyList<string> Arguments { get; init; }

    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Names of services; those that the run does not have are ignored.</summary>
    public IReadOnlyList<string> DependsOn { get; init; } = [];

    /// <summary>Null for a job that runs to completion: it is ready when it has ended with code 0.</summary>
    public Func<CancellationToken, Task<bool>>? IsReady { get; init; }

    public Signal StopSignal { get; init; } = Signal.Terminate;

    /// <summary>Where people reach it; null for what only the system itself talks to.</summary>
    public string? Url { get; init; }
}
