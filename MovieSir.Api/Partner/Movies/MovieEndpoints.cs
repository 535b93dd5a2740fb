using System.ComponentModel.DataAnnotations;
using MovieSir.Api.Documentation;
using MovieSir.Api.Inference;
using MovieSir.Api.Partner.ContentRules;
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
            .WithExample(null, Examples.MovieResponse)
            .WithSummary("One movie of the catalog")
            .Produces<Envelope<MovieAnswer, Meta>>()
            .ProducesProblem(StatusCodes.Status404NotFound);

        partner.MapGet("/movies/{id:int}/similar", SimilarAsync)
            .WithName("SimilarMovies")
            .WithExample(null, Examples.SimilarResponse)
            .WithSummary("Movies like one movie")
            .WithDescription("Best first. `score` compares movies of one answer only.")
            .Produces<Envelope<MoviesResponse, Meta>>()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .Validated(hasBody: false)
            .AsksTheEngine();

        partner.MapGet("/genres", GenresAsync)
            .WithName("Genres")
            .WithExample(null, Examples.GenresResponse)
            .WithSummary("Genres, in English and Korean")
            .Produces<Envelope<GenreList, Meta>>()
            .Validated(hasBody: false);

        partner.MapGet("/otts", OttsAsync)
            .WithName("Otts")
            .WithExample(null, Examples.OttsResponse)
            .WithSummary("Streaming services that carry movies of the catalog")
            .Produces<Envelope<OttList, Meta>>()
            .Validated(hasBody: false);
    }

    private static Task<IResult> FindAsync(int id, PartnerCall call, PartnerCatalog catalog, ILogger<PartnerCatalog> logger, CancellationToken cancellationToken) =>
        ReadAsync(logger, async () => await catalog.FindAsync(id, cancellationToken) is { } movie
            ? TypedResults.Ok(new Envelope<MovieAnswer, Meta>(movie, Meta.Of(call)))
            : PartnerProblems.NoSuchMovie(id));

    private static async Task<IResult> SimilarAsync(
        int id, PartnerCall call, InferenceClient inference, ContentRuleFilter rules, CancellationToken cancellationToken,
        [Range(1, Limits.SearchMax)] int k = 20)
    {
        if (await rules.BlockedAsync(call.Key, cancellationToken) is not { } blocked)
        {
            return PartnerProblems.CatalogAway();
        }

        // Where rules apply, some of the engine's movies may be forbidden.
        var outcome = await inference.SimilarAsync(id, blocked.Count == 0 ? k : Limits.SearchMax, cancellationToken);
        return outcome.ToResult(answer => TypedResults.Ok(new Envelope<MoviesResponse, Meta>(
            new MoviesResponse { Movies = blocked.Allowed(answer.Movies, k) }, Meta.Of(call))));
    }

    private static Task<IResult> GenresAsync(
        PartnerCall call, PartnerCatalog catalog, ILogger<PartnerCatalog> logger, CancellationToken cancellationToken,
        [Range(1, PartnerLimits.PageMax)] int limit = 100, [Range(0, PartnerLimits.OffsetMax)] int offset = 0) =>
        ReadAsync(logger, async () => TypedResults.Ok(new Envelope<GenreList, Meta>(
            new GenreList(await catalog.GenresAsync(limit, offset, cancellationToken)), Meta.Of(call))));

    private static Task<IResult> OttsAsync(
        PartnerCall call, PartnerCatalog catalog, ILogger<PartnerCatalog> logger, CancellationToken cancellationToken,
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
