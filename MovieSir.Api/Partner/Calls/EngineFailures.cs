global using EngineFailure = Microsoft.AspNetCore.Http.HttpResults.Results<
    MovieSir.ServiceDefaults.Http.Problem<MovieSir.ServiceDefaults.Http.Status422>,
    MovieSir.ServiceDefaults.Http.Problem<MovieSir.ServiceDefaults.Http.Status503>,
    MovieSir.ServiceDefaults.Http.Problem<MovieSir.ServiceDefaults.Http.Status504>>;
using MovieSir.Api.Dependencies;
using MovieSir.Api.Engine;
using MovieSir.ServiceDefaults.Http;

namespace MovieSir.Api.Partner.Calls;

/// <summary>What a partner is answered where the engine has no answer.</summary>
internal static class EngineFailures
{
    /// <summary>The problem that stands in the place of the engine's answer.</summary>
    /// <param name="reply">Any reply but an answer.</param>
    /// <param name="rename">Names of fields as the partner sent them.</param>
    public static EngineFailure Failure<T>(this Reply<T> reply, Func<string, string>? rename = null) => reply switch
    {
        RefusedByEngine<T>({ Errors: { } errors } refusal) => Problems.Invalid(
            refusal.Code, errors.ToDictionary(error => rename?.Invoke(error.Key) ?? error.Key, error => error.Value)),
        RefusedByEngine<T>(var refusal) => Problems.Of<Status422>(refusal.Code, refusal.Detail),
        Reply<T>.Away { IsLate: true } => PartnerProblems.AiServiceTimeout(),
        _ => PartnerProblems.AiServiceUnavailable(),
    };

    /// <summary>404 in the engine's words.</summary>
    public static Problem<Status404> NotFound(EngineRefusal refusal) => Problems.Of<Status404>(refusal.Code, refusal.Detail);
}
