using System.ComponentModel.DataAnnotations;
using MovieSir.Api.Companies.ContentRules;
using MovieSir.Api.Engine;
using MovieSir.Api.Http;
using MovieSir.Api.Movies;
using MovieSir.Api.Partner.Calls;
using MovieSir.ServiceDefaults.InferenceContract;
using Npgsql;

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
            .WithSummary("One movie of the catalog")
            .Produces<Envelope<MovieFacts, Meta>>()
            .ProducesProblem(StatusCodes.Status404NotFound);

        partner.MapGet("/movies/{id:int}/similar", SimilarAsync)
            .WithName("SimilarMovies")
            .WithExample(null, MovieExamples.Similar)
            .WithSummary("Movies like one movie")
            .WithDescription("Best first. `score` compares movies of one answer only.")
            .Produces<Envelope<MoviesResponse, Meta>>()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .Validated(hasBody: false)
            .AsksTheEngine();

        partner.MapGet("/genres", GenresAsync)
            .WithName("Genres")
            .WithExample(null, MovieExamples.Genres)
            .WithSummary("Genres, in English and Korean")
            .Produces<Envelope<GenreList, Meta>>()
            .Validated(hasBody: false);

        partner.MapGet("/otts", OttsAsync)
            .WithName("Otts")
            .WithExample(null, MovieExamples.Otts)
            .WithSummary("Streaming services that carry movies of the catalog")
            .Produces<Envelope<OttList, Meta>>()
            .Validated(hasBody: false);
    }

    private static Task<IResult> FindAsync(int id, PartnerCall call, MovieStore catalog, ILogger<MovieStore> logger, CancellationToken cancellationToken) =>
        ReadAsync(logger, async () => await catalog.FindAsync(id, cancellationToken) is { } movie
            ? TypedResults.Ok(new Envelope<MovieFacts, Meta>(movie, Meta.Of(call)))
            : PartnerProblems.NoSuchMovie(id));

    private static async Task<IResult> SimilarAsync(
        int id, PartnerCall call, EngineClient inference, ContentRuleFilter rules, CancellationToken cancellationToken,
        [Range(1, Limits.SearchMax)] int k = 20)
    {
        if (await rules.BlockedAsync(call.Key.CompanyId, call.Key.Rules, call.Key.CatalogRevision, cancellationToken) is not { } blocked)
        {
            return PartnerProblems.CatalogAway();
        }

        // Where rules apply, some of the engine's movies may be forbidden.
        var outcome = await inference.SimilarAsync(id, blocked.Count == 0 ? k : Limits.SearchMax, cancellationToken);
        return outcome.ToResult(answer => TypedResults.Ok(new Envelope<MoviesResponse, Meta>(
            new MoviesResponse { Movies = blocked.Allowed(answer.Movies, k) }, Meta.Of(call))));
    }

    private static Task<IResult> GenresAsync(
        PartnerCall call, MovieStore catalog, ILogger<MovieStore> logger, CancellationToken cancellationToken,
        [Range(1, PartnerLimits.PageMax)] int limit = 100, [Range(0, PartnerLimits.OffsetMax)] int offset = 0) =>
        ReadAsync(logger, async () => TypedResults.Ok(new Envelope<GenreList, Meta>(
            new GenreList(await catalog.GenresAsync(limit, offset, cancellationToken)), Meta.Of(call))));

    private static Task<IResult> OttsAsync(
        PartnerCall call, MovieStore catalog, ILogger<MovieStore> logger, CancellationToken cancellationToken,
        [Range(1, PartnerLimits.PageMax)] int limit = 100, [Range(0, PartnerLimits.OffsetMax)] int offset = 0) =>
        ReadAsync(logger, async () => TypedResults.Ok(new Envelope<OttList, Meta>(
            new OttList(await catalog.OttsAsync(limit, offset, cancellationToken)), Meta.Of(call))));

    private static async Task<IResult> ReadAsync(ILogger logger, Func<Task<IResult>> read)
    {
        try
        {
            return await read();
        }
        catch (Exception exception) when (exception is NpgsqlException or TimeoutException)
        {
            logger.LogWarning(exception, "The catalog cannot be read");
            return PartnerProblems.CatalogAway();
        }
    }
}
