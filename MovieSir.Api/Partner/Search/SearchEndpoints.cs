using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using MovieSir.Api.Dependencies;
using MovieSir.Api.Engine;
using MovieSir.Api.Http;
using MovieSir.Api.Partner.Calls;
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
        .WithExample(SearchExamples.Request, SearchExamples.Response)
        .WithSummary("Movies by name, words and meaning")
        .WithDescription(
            "A movie whose title is asked for is first, in any case and spacing, in Korean or English, with an error or two. What follows is found "
            + "by the words of titles, overviews, keywords and genres, and by meaning. `matched_by` says how each was found. `score` compares "
            + "movies of one answer only.")
        .Validated();

    private static async Task<Results<Ok<Envelope<SearchResponse, Meta>>, EngineFailure>> SearchAsync(
        PartnerSearchRequest request, PartnerCall call, EngineClient engine, CancellationToken cancellationToken)
    {
        var search = new SearchRequest
        {
            Query = request.Query,
            K = request.K,
            PreferredGenres = request.PreferredGenres,
            PreferredOtts = request.PreferredOtts,
            AllowAdult = request.AllowAdult,
            ContentRules = call.Key.ContentRules,
        };
        return await engine.SearchAsync(search, cancellationToken) switch
        {
            Reply<SearchResponse>.Answered(var answer) => TypedResults.Ok(new Envelope<SearchResponse, Meta>(answer, Meta.Of(call))),
            var reply => reply.Failure(),
        };
    }
}
