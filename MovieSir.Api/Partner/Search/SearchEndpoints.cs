using System.ComponentModel.DataAnnotations;
using MovieSir.Api.Documentation;
using MovieSir.Api.Inference;
using MovieSir.Api.Partner.ContentRules;
using MovieSir.ServiceDefaults.InferenceContract;

namespace MovieSir.Api.Partner.Search;

/// <summary>Body of <c>POST /v1/search</c>.</summary>
public sealed record PartnerSearchRequest
{
    /// <summary>What the movies shall be about, in any language.</summary>
    [Required, StringLength(Limits.QueryLength, MinimumLength = 1)]
    public string? Query { get; init; }

    /// <summary>How many movies at most.</summary>
    [Range(1, Limits.SearchMax)]
    public int K { get; init; } = 20;

    /// <summary>Genre names in English or Korean.</summary>
    [MaxLength(Limits.Genres), EachText(1, Limits.NameLength)]
    public string[]? PreferredGenres { get; init; }

    /// <summary>Names of streaming services in English or Korean.</summary>
    [MaxLength(Limits.Providers), EachText(1, Limits.NameLength)]
    public string[]? PreferredOtts { get; init; }

    /// <summary>Whether movies for adults only may be answered.</summary>
    public bool AllowAdult { get; init; }
}

internal static class SearchEndpoints
{
    public static void MapSearch(this IEndpointRouteBuilder partner) => partner.MapPost("/search", SearchAsync)
        .WithName("Search")
        .WithExample(Examples.SearchRequest, Examples.SearchResponse)
        .WithSummary("Movies by meaning")
        .WithDescription("Best first. `score` compares movies of one answer only. `matched_by` is `title` where the query has no meaning that the encoder knows.")
        .Produces<Envelope<SearchResponse, Meta>>()
        .Validated()
        .AsksTheEngine();

    private static async Task<IResult> SearchAsync(
        PartnerSearchRequest request, PartnerCall call, InferenceClient inference, ContentRuleFilter rules, CancellationToken cancellationToken)
    {
        if (await rules.BlockedAsync(call.Key, cancellationToken) is not { } blocked)
        {
            return PartnerProblems.CatalogAway();
        }

        var outcome = await inference.SearchAsync(
            new SearchRequest
            {
                Query = request.Query,
                K = blocked.Count == 0 ? request.K : Limits.SearchMax, // some of them may be forbidden
                PreferredGenres = request.PreferredGenres,
                PreferredOtts = request.PreferredOtts,
                AllowAdult = request.AllowAdult,
            },
            cancellationToken);
        return outcome.ToResult(answer => TypedResults.Ok(new Envelope<SearchResponse, Meta>(
            answer with { Movies = blocked.Allowed(answer.Movies, request.K) }, Meta.Of(call))));
    }
}
