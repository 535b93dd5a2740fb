global using PartnerFailure = Microsoft.AspNetCore.Http.HttpResults.Results<
    MovieSir.ServiceDefaults.Http.Problem<MovieSir.ServiceDefaults.Http.Status422>,
    MovieSir.ServiceDefaults.Http.Problem<MovieSir.ServiceDefaults.Http.Status503>,
    MovieSir.ServiceDefaults.Http.Problem<MovieSir.ServiceDefaults.Http.Status504>>;
using MovieSir.Api.Dependencies;
using MovieSir.Api.Engine;
using MovieSir.Api.Traveller.Calls;
using MovieSir.ServiceDefaults.Http;

namespace MovieSir.Api.Traveller.Recommendation;

/// <summary>What a traveller is answered where the partner API has no answer.</summary>
internal static class PartnerFailures
{
    /// <summary>The problem that stands in the place of an answer: never an empty one.</summary>
    /// <param name="reply">Any reply but an answer.</param>
    public static PartnerFailure Failure<T>(this Reply<T> reply) => reply switch
    {
        RefusedByEngine<T>({ Errors: { } errors } refusal) => Problems.Invalid(
            refusal.Code, errors.ToDictionary(error => FieldOf(error.Key), error => error.Value)),
        RefusedByEngine<T>(var refusal) => Problems.Of<Status422>(refusal.Code, refusal.Detail),
        Reply<T>.Away { IsLate: true } => TravellerProblems.EngineLate(),
        _ => TravellerProblems.EngineAway(),
    };

    /// <summary>The same without an answer, for another question.</summary>
    public static Reply<TOther> Without<T, TOther>(this Reply<T> reply) => reply switch
    {
        RefusedByEngine<T>(var refusal) => new RefusedByEngine<TOther>(refusal),
        Reply<T>.Away away => new Reply<TOther>.Away(away.IsLate),
        _ => throw new InvalidOperationException("The reply is an answer."),
    };

    // Fields as this surface names them.
    private static string FieldOf(string field) => field
        .Replace("preferred_genres", "genres", StringComparison.Ordinal)
        .Replace("preferred_otts", "provider_ids", StringComparison.Ordinal);
}
