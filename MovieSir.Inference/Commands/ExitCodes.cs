namespace MovieSir.Inference.Commands;

/// <summary>How the commands that fill the catalog end.</summary>
internal static class ExitCodes
{
    /// <summary>Everything is in the catalog; rows that were rejected are reported.</summary>
    public const int Done = 0;

    /// <summary>At least one file or step failed; nothing of it was kept, the others are done.</summary>
    public const int Failed = 1;

    /// <summary>There was nothing to do with what was asked for: a path that does not exist, a key that is missing.</summary>
    public const int NothingToDo = 2;

    /// <summary>Ctrl-C.</summary>
    public const int Interrupted = 130;
}
