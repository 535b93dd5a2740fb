using MovieSir.Api.Engine;
using MovieSir.ServiceDefaults.Http;

namespace MovieSir.Api.Partner.Calls;

internal static class EngineAnswers
{
    /// <summary>The partner's answer: made from the engine's, or the problem that stands in its place.</summary>
    /// <param name="outcome">What became of the call to the engine.</param>
    /// <param name="answered">Makes the answer.</param>
    /// <param name="rename">Names of fields as the partner sent them.</param>
    public static IResult ToResult<T>(this EngineOutcome<T> outcome, Func<T, IResult> answered, Func<string, string>? rename = null) => outcome switch
    {
        EngineOutcome<T>.Answered ok => answered(ok.Answer),
        EngineOutcome<T>.Refused { Problem: { Errors: { } errors, Code: var code } } => Problems.Invalid(
            code, errors.ToDictionary(error => rename?.Invoke(error.Key) ?? error.Key, error => error.Value)),
        EngineOutcome<T>.Refused { Problem: var problem } => Problems.Of(problem.Status, problem.Code, problem.Detail),
        EngineOutcome<T>.TimedOut => PartnerProblems.AiServiceTimeout(),
        _ => PartnerProblems.AiServiceUnavailable(),
    };
}
