namespace MovieSir.AppHost.Local;

/// <summary>What a run is asked for on the command line.</summary>
internal sealed record LocalOptions
{
    /// <summary>Port of each service by name. Further API replicas get free ports.</summary>
    public required IReadOnlyDictionary<string, int> Ports { get; init; }

    /// <summary>Takes free ports in place of <see cref="Ports"/>, so that several checkouts run side by side.</summary>
    public bool FreePorts { get; init; }

    public int ApiReplicas { get; init; } = 1;

    /// <summary>The Aspire CLI's binary, where its dashboard shall run too.</summary>
    public FileInfo? Dashboard { get; init; }

    /// <summary>Services' output goes to their log files only.</summary>
    public bool Quiet { get; init; }
}
