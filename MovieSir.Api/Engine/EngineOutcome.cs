using MovieSir.ServiceDefaults.Http;

namespace MovieSir.Api.Engine;

/// <summary>What became of a call to the engine.</summary>
internal abstract record EngineOutcome<T>
{
    public sealed record Answered(T Answer) : EngineOutcome<T>;

    /// <summary>The engine refused the request, and says why: passed on as it is.</summary>
    public sealed record Refused(EngineRefusal Problem) : EngineOutcome<T>;

    /// <summary>The engine cannot be reached, fails, or has failed so often that it is left alone for a moment.</summary>
    public sealed record Unavailable : EngineOutcome<T>;

    /// <summary>The engine did not answer in time.</summary>
    public sealed record TimedOut : EngineOutcome<T>;
}

/// <summary>The engine's problem details, as far as a partner is told.</summary>
internal sealed record EngineRefusal
{
    public int Status { get; init; }

    public string Code { get; init; } = ProblemCodes.BadRequest;

    public string Detail { get; init; } = "";

    public Dictionary<string, string[]>? Errors { get; init; }
}
