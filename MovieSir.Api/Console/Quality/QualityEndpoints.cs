using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using MovieSir.Api.Companies.Quota;
using MovieSir.Api.Console.Calls;
using MovieSir.Api.Http;

namespace MovieSir.Api.Console.Quality;

internal static class QualityEndpoints
{
    public static void MapQuality(this IEndpointRouteBuilder console) => console.MapGet("/quality", QualityAsync)
        .WithName("RecommendationQuality")
        .WithSummary("What became of recommended movies, by track and day")
        .WithDescription("From what `POST /v1/feedback` told. A day holds the movies that were recommended on it, whenever the feedback came.")
        .Validated(hasBody: false);

    private static async Task<Ok<QualityAnswer>> QualityAsync(
        ConsoleCall call, QualityStore store, TimeProvider clock, CancellationToken cancellationToken,
        [AllowedValues(7, 30, 90)] int days = 30)
    {
        var (from, to) = SeoulDay.Last(days, clock);
        return TypedResults.Ok(QualityAnswer.Of(from, to, await store.OutcomesAsync(call.CompanyId, from, to, cancellationToken)));
    }
}
