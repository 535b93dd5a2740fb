using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using MovieSir.Api.Companies.Accounting;
using MovieSir.Api.Companies.Quota;
using MovieSir.Api.Dependencies;
using MovieSir.Api.Http;
using MovieSir.Api.Partner.Calls;
using MovieSir.ServiceDefaults.Http;

namespace MovieSir.Api.Partner.Feedback;

/// <summary>What the viewer did with a recommended movie.</summary>
public enum FeedbackType
{
    Watched,
    Liked,
    Disliked,
    Clicked,
}

/// <summary>Body of <c>POST /v1/feedback</c>.</summary>
public sealed record FeedbackRequest
{
    /// <summary>From the answer's <c>meta</c> that held the movie.</summary>
    [Required]
    public Guid? RecommendationId { get; init; }

    /// <summary>The movie's TMDB id.</summary>
    [Required]
    public int? MovieId { get; init; }

    [Required]
    public FeedbackType? Type { get; init; }

    /// <summary>Your own name of the viewer.</summary>
    [StringLength(PartnerLimits.ClientUserLength, MinimumLength = 1), RegularExpression(PartnerLimits.NoControlCharacters)]
    public string? ClientUserId { get; init; }
}

/// <summary>What was taken down.</summary>
internal sealed record FeedbackReceipt(Guid RecommendationId, int MovieId, FeedbackType Type);

internal static class FeedbackEndpoints
{
    public static void MapFeedback(this IEndpointRouteBuilder partner) => partner.MapPost("/feedback", GiveAsync)
        .WithName("Feedback")
        .WithExample(FeedbackExamples.Request, FeedbackExamples.Response)
        .WithSummary("What a viewer did with a recommended movie")
        .WithDescription(
            "Accepted once it is stored durably. Told twice it counts once. "
            + "A recommendation of another company and one that never was answer alike.")
        .Validated();

    private static async Task<Results<Accepted<Envelope<FeedbackReceipt, Meta>>, Problem<Status404>, Problem<Status503>>> GiveAsync(
        FeedbackRequest request, PartnerCall call, RecommendationMemory recommendations, CancellationToken cancellationToken)
    {
        var (recommendationId, movieId, type) = (request.RecommendationId!.Value, request.MovieId!.Value, request.Type!.Value);
        call.ClientUserId = request.ClientUserId;
        switch (await recommendations.FindAsync(call.Key.CompanyId, recommendationId, movieId, cancellationToken))
        {
            case Reply<RecommendedMovie?>.Answered({ } movie):
                // Written with the call's usage event: stored before this answer leaves, once.
                call.Feedback = new FeedbackGiven(
                    recommendationId, movieId, JsonNamingPolicy.SnakeCaseLower.ConvertName(type.ToString()), movie.Track,
                    SeoulDay.OfUuid(recommendationId));
                return TypedResults.Accepted(
                    (string?)null, new Envelope<FeedbackReceipt, Meta>(new FeedbackReceipt(recommendationId, movieId, type), Meta.Of(call)));
            case Reply<RecommendedMovie?>.Answered:
                return PartnerProblems.NoSuchRecommendation();
            default:
                return PartnerProblems.CatalogAway();
        }
    }
}
