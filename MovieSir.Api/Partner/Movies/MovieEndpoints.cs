using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using MovieSir.Api.Dependencies;
using MovieSir.Api.Engine;
using MovieSir.Api.Http;
using MovieSir.Api.Movies;
using MovieSir.Api.Partner.Calls;
using MovieSir.ServiceDefaults.Http;
using MovieSir.ServiceDefaults.InferenceContract;

namespace MovieSir.Api.Partner.Movies;

/// <summary>A page of genres, in the order of their ids.</summary>
internal sealed record GenreList(IReadOnlyList<GenreAnswer> Genres);

/// <summary>A page of streaming services, those with most movies first.</summary>
internal sealed record OttList(IReadOnlyList<OttAnswer> Otts);

internal static class MovieEndpoints
{
    public static void MapMovies(this IEndpointRouteBuilder partner)
    {
        partner.MapGet("/movies/{id:int}", FindAsync)
            .WithName("Movie")
            .WithExample(null, MovieExamples.Movie)
            .WithSummary("One movie of the catalog");

        partner.MapGet("/movies/{id:int}/similar", SimilarAsync)
            .WithName("SimilarMovies")
            .WithExample(null, MovieExamples.Similar)
            .WithSummary("Movies like one movie")
            .WithDescription("Best first. `score` compares movies of one answer only.")
            .Validated(hasBody: false);

        partner.MapGet("/genres", GenresAsync)
            .WithName("Genres")
            .WithExample(null, MovieExamples.Genres)
            .WithSummary("Genres, in English and Korean")
            .Validated(hasBody: false);

        partner.MapGet("/otts", OttsAsync)
            .WithName("Otts")
            .WithExample(null, MovieExamples.Otts)
            .WithSummary("Streaming services that carry movies of the catalog")
            .Validated(hasBody: false);
    }

    private static async Task<Results<Ok<Envelope<MovieFacts, Meta>>, Problem<Status404>, Problem<Status503>>> FindAsync(
        int id, PartnerCall call, MovieStore movies, CancellationToken cancellationToken) => await movies.FindAsync(id, cancellationToken) switch
        {
            Reply<MovieFacts?>.Answered({ } movie) => TypedResults.Ok(new Envelope<MovieFacts, Meta>(movie, Meta.Of(call))),
            Reply<MovieFacts?>.Answered => PartnerProblems.NoSuchMovie(id),
            _ => PartnerProblems.CatalogAway(),
        };

    private static async Task<Results<Ok<Envelope<MoviesResponse, Meta>>, Problem<Status404>, EngineFailure>> SimilarAsync(
        int id, PartnerCall call, EngineClient engine, CancellationToken cancellationToken, [Range(1, Limits.SearchMax)] int k = 20) =>
        await engine.SimilarAsync(id, new SimilarRequest { K = k, ContentRules = call.Key.ContentRules }, cancellationToken) switch
        {
            Reply<MoviesResponse>.Answered(var answer) => TypedResults.Ok(new Envelope<MoviesResponse, Meta>(answer, Meta.Of(call))),
            RefusedByEngine<MoviesResponse>({ IsNotFound: true } refusal) => EngineFailures.NotFound(refusal),
            var reply => reply.Failure(),
        };

    private static async Task<Results<Ok<Envelope<GenreList, Meta>>, Problem<Status503>>> GenresAsync(
        PartnerCall call, MovieStore movies, CancellationToken cancellationToken,
        [Range(1, PartnerLimits.PageMax)] int limit = 100, [Range(0, PartnerLimits.OffsetMax)] int offset = 0) =>
        await movies.GenresAsync(limit, offset, cancellationToken) switch
        {
            Reply<IReadOnlyList<GenreAnswer>>.Answered(var genres) =>
                TypedResults.Ok(new Envelope<GenreList, Meta>(new GenreList(genres), Meta.Of(call))),
            _ => PartnerProblems.CatalogAway(),
        };

    private static async Task<Results<Ok<Envelope<OttList, Meta>>, Problem<Status503>>> OttsAsync(
        PartnerCall call, MovieStore movies, CancellationToken cancellationToken,
        [Range(1, PartnerLimits.PageMax)] int limit = 100, [Range(0, PartnerLimits.OffsetMax)] int offset = 0) =>
        await movies.OttsAsync(limit, offset, cancellationToken) switch
        {
            Reply<IReadOnlyList<OttAnswer>>.Answered(var otts) => TypedResults.Ok(new Envelope<OttList, Meta>(new OttList(otts), Meta.Of(call))),
            _ => PartnerProblems.CatalogAway(),
        };
}
