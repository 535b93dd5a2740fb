namespace MovieSir.Inference.Offline.Prepare;

/// <summary>One step of <c>catalog</c>. It does what has changed since it was last run, and nothing where nothing has.</summary>
internal interface IPreparationStep
{
    /// <summary>For example <c>migrate</c>.</summary>
    string Name { get; }

    /// <summary>Runs the step.</summary>
    /// <returns>What was done, in a line.</returns>
    /// <exception cref="PreparationException">The system cannot start without what this step gives.</exception>
    Task<string> RunAsync(CancellationToken cancellationToken);
}

/// <summary>A step failed; the message says what is wrong and what to do.</summary>
internal sealed class PreparationException(string message, Exception? innerException = null) : Exception(message, innerException);
