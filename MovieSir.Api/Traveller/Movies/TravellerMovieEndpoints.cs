using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using MovieSir.Api.Accounts;
using MovieSir.Api.Dependencies;
using MovieSir.Api.Engine;
using MovieSir.Api.Http;
using MovieSir.Api.Movies;
using MovieSir.Api.Traveller.Calls;
using MovieSir.Api.Traveller.PartnerApi;
using MovieSir.Api.Traveller.People;
using MovieSir.ServiceDefaults.Http;
using MovieSir.ServiceDefaults.InferenceContract;

namespace MovieSir.Api.Traveller.Movies;

internal static class TravellerMovieEndpoints
{
    private static readonly string[] Sources = ["TMDB", "JustWatch"];

    public static void MapTravellerMovies(this IEndpointRouteBuilder travellers)
    {
        var movies = travellers.MapGroup("/movies");
        movies.MapGet("/popular", PopularAsync).WithName("PopularMovies").WithSummary("What most people look at")
            .KeptAnswer().Validated(hasBody: false);
        movies.MapGet("/genres", GenresAsync).WithName("GenreNames").WithSummary("Genres, in both languages")
            .KeptAnswer();
        movies.MapPost("/search", SearchAsync).WithName("FindMovies").WithSummary("Movies by title or by mood").Validated();
        movies.MapGet("/{id:int}", FindAsync).WithName("MoviePage").WithSummary("One movie, and where it can be watched");
        movies.MapPost("/{id:int}/play", PlayAsync).WithName("PlayMovie").WithSummary("Go to a streaming service")
            .WithDescription("Excludes the movie from nothing.").MakesGuest().Validated();
        movies.MapPut("/{id:int}/watched", MarkWatchedAsync).WithName("MarkWatched").WithSummary("Seen it").MakesGuest().Validated();
        movies.MapDelete("/{id:int}/watched", UnmarkWatchedAsync).WithName("UnmarkWatched").WithSummary("Not seen after all");
        movies.MapPut("/{id:int}/not-for-me", RejectAsync).WithName("RejectMovie").WithSummary("Not for me").MakesGuest();
        movies.MapDelete("/{id:int}/not-for-me", UnrejectAsync).WithName("UnrejectMovie").WithSummary("For me after all");
    }

    private static async Task<Ok<MovieList>> PopularAsync(
        MovieCardStore movies, CancellationToken cancellationToken, [Range(1, 100)] int limit = 20) =>
        TypedResults.Ok(new MovieList(await movies.PopularAsync(limit, cancellationToken)));

    private static async Task<Results<Ok<GenreNames>, Problem<Status503>>> GenresAsync(MovieStore movies, CancellationToken cancellationToken) =>
        await movies.GenresAsync(Limits.RankMax, 0, cancellationToken) is Reply<IReadOnlyList<GenreAnswer>>.Answered(var genres)
            ? TypedResults.Ok(new GenreNames([.. genres.Select(genre => new GenreName(genre.GenreId, genre.NameEn, genre.NameKo))]))
            : AccountProblems.StorageAway();

    private static async Task<Results<Ok<FoundMovies>, Problem<Status422>, Problem<Status503>, Problem<Status504>>> SearchAsync(
        MovieSearch search, TravellerCall call, PartnerApiClient partner, MovieCardStore movies, CancellationToken cancellationToken)
    {
        var wanted = new PartnerSearch(search.Query!, Limits.SearchMax, call.Identity?.ShowAdult ?? false);
        switch (await partner.SearchAsync(wanted, cancellationToken))
        {
            case Reply<SearchResponse>.Answered(var answer):
                var fitting = answer.Movies.Where(movie => search.MaxRuntime is not { } most || movie.Runtime <= most).Take(search.K);
                var cards = await movies.CardsInOrderAsync([.. fitting.Select(movie => movie.MovieId)], cancellationToken);
                return TypedResults.Ok(new FoundMovies(cards, answer.MatchedBy));
            case RefusedByEngine<SearchResponse>(var refusal):
                return Problems.Of<Status422>(refusal.Code, refusal.Detail);
            case Reply<SearchResponse>.Away { IsLate: true }:
                return TravellerProblems.EngineLate();
            default:
                return TravellerProblems.EngineAway();
        }
    }

    private static async Task<Results<Ok<MoviePage>, Problem<Status404>>> FindAsync(
        int id, TravellerCall call, MovieCardStore movies, TasteStore taste, CancellationToken cancellationToken)
    {
        if (await movies.InfoAsync(id, cancellationToken) is not { } info)
        {
            return TravellerProblems.NoSuchMovie(id);
        }

        return TypedResults.Ok(new MoviePage
        {
            Info = info,
            Otts = [.. (await movies.OffersAsync([id], cancellationToken))[id]],
            Mine = call.Identity is { } identity ? await taste.OpinionAsync(identity.TravellerId, id, cancellationToken) : null,
            Attribution = Sources,
        });
    }

    private static async Task<Results<Ok<PlayAnswer>, Problem<Status404>>> PlayAsync(
        int id, PlayRequest request, TravellerCall call, MovieCardStore movies, ClickStore clicks, TimeProvider clock,
        CancellationToken cancellationToken)
    {
        var offers = (await movies.OffersAsync([id], cancellationToken))[id];
        if (offers.Where(offer => offer.ProviderId == request.ProviderId).OrderBy(offer => offer.PaymentType).FirstOrDefault() is not { } offer)
        {
            return Problems.Of<Status404>(
                TravellerProblems.LinkNotFound, $"The catalog has no link from the movie {id} to the streaming service {request.ProviderId}.");
        }

        await clicks.AddAsync(call.TravellerId, id, offer.ProviderId, request.SessionId, clock.GetUtcNow(), cancellationToken);
        return TypedResults.Ok(new PlayAnswer(offer.Url));
    }

    private static async Task<Results<NoContent, Problem<Status404>>> MarkWatchedAsync(
        int id, WatchedMark mark, TravellerCall call, TasteStore taste, TimeProvider clock, CancellationToken cancellationToken) =>
        await taste.MarkWatchedAsync(
            call.TravellerId, id, mark.Rating, mark.WithoutRating, mark.WatchedOn, clock.GetUtcNow(), cancellationToken)
            ? TypedResults.NoContent()
            : TravellerProblems.NoSuchMovie(id);

    private static async Task<NoContent> UnmarkWatchedAsync(int id, TravellerCall call, TasteStore taste, CancellationToken cancellationToken)
    {
        if (call.Identity is { } identity)
        {
            await taste.UnmarkWatchedAsync(identity.TravellerId, id, cancellationToken);
        }

        return TypedResults.NoContent();
    }

    private static async Task<Results<NoContent, Problem<Status404>>> RejectAsync(
        int id, TravellerCall call, TasteStore taste, TimeProvider clock, CancellationToken cancellationToken) =>
        await taste.RejectAsync(call.TravellerId, id, clock.GetUtcNow(), cancellationToken)
            ? TypedResults.NoContent()
            : TravellerProblems.NoSuchMovie(id);

    private static async Task<NoContent> UnrejectAsync(int id, TravellerCall call, TasteStore taste, CancellationToken cancellationToken)
    {
        if (call.Identity is { } identity)
        {
            await taste.UnrejectAsync(identity.TravellerId, id, cancellationToken);
        }

        return TypedResults.NoContent();
    }
}
