using MovieSir.Api.Dependencies;
using MovieSir.ServiceDefaults.Http;

namespace MovieSir.Api.Engine;

/// <summary>The engine answered that it cannot do what the request asks for, and why.</summary>
internal sealed record RefusedByEngine<T>(EngineRefusal Refusal) : Reply<T>;

/// <summary>The engine's problem details, as far as a caller is told.</summary>
internal sealed record EngineRefusal
{
    /// <summary>Whether what the request names or asks for does not exist; otherwise a field of it is invalid.</summary>
    public bool IsNotFound { get; init; }

    public string Code { get; init; } = ProblemCodes.BadRequest;

    public string Detail { get; init; } = "";

    /// <summary>By field, in the engine's names.</summary>
    public Dictionary<string, string[]>? Errors { get; init; }
}
