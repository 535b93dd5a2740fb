using MovieSir.Api.Partner;
using MovieSir.ServiceDefaults.Http;

namespace MovieSir.Api.Inference;

/// <summary>What became of a call to the engine.</summary>
internal abstract record InferenceOutcome<T>
{
    public sealed record Answered(T Answer) : InferenceOutcome<T>;

    /// <summary>The engine refused the request, and says why: passed on as it is.</summary>
    public sealed record Refused(InferenceProblem Problem) : InferenceOutcome<T>;

    /// <summary>The engine cannot be reached, fails, or has failed so often that it is left alone for a moment.</summary>
    public sealed record Unavailable : InferenceOutcome<T>;

    /// <summary>The engine did not answer in time.</summary>
    public sealed record TimedOut : InferenceOutcome<T>;

    /// <summary>The partner's answer: made from the engine's, or the problem that stands in its place.</summary>
    /// <param name="answered">Makes the answer.</param>
    /// <param name="rename">Names of fields as the partner sent them.</param>
    public IResult ToResult(Func<T, IResult> answered, Func<string, string>? rename = null) => this switch
    {
        Answered ok => answered(ok.Answer),
        Refused { Problem: { Errors: { } errors, Code: var code } } => Problems.Invalid(
            code, errors.ToDictionary(error => rename?.Invoke(error.Key) ?? error.Key, error => error.Value)),
        Refused { Problem: var problem } => Problems.Of(problem.Status, problem.Code, problem.Detail),
        TimedOut => PartnerProblems.AiServiceTimeout(),
        _ => PartnerProblems.AiServiceUnavailable(),
    };
}

/// <summary>The engine's problem details, as far as a partner is told.</summary>
internal sealed record InferenceProblem
{
    public int Status { get; init; }

    public string Code { get; init; } = ProblemCodes.BadRequest;

    public string Detail { get; init; } = "";

    public Dictionary<string, string[]>? Errors { get; init; }
}
