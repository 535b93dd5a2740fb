using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using MovieSir.Api.Http;
using MovieSir.Api.Movies;
using MovieSir.Api.Traveller.Calls;
using MovieSir.Api.Traveller.People;

namespace MovieSir.Api.Traveller.MyPage;

/// <summary>What is a traveller's own: lists, numbers, services. What needs an account stands in <see cref="MyAccountEndpoints"/>.</summary>
internal static class MyPageEndpoints
{
    public static void MapMyPage(this IEndpointRouteBuilder travellers)
    {
        var mypage = travellers.MapGroup("/mypage");
        mypage.MapGet("/ott", OttsAsync).WithName("MyOtts").WithSummary("The caller's streaming services");
        mypage.MapPut("/ott", SetOttsAsync).WithName("SetMyOtts").WithSummary("Replace the caller's streaming services").MakesGuest().Validated();
        mypage.MapGet("/watched", WatchedAsync).WithName("WatchedMovies").WithSummary("Movies that the caller has seen").Validated(hasBody: false);
        mypage.MapGet("/not-for-me", NotForMeAsync).WithName("NotForMe").WithSummary("Movies that are not for the caller")
            .Validated(hasBody: false);
        mypage.MapGet("/statistics", StatisticsAsync).WithName("MyStatistics").WithSummary("What the caller has watched, in numbers");
        mypage.MapMyAccount();
        mypage.MapHistory();
    }

    private static async Task<Ok<MyOtts>> OttsAsync(TravellerCall call, TravellerStore travellers, CancellationToken cancellationToken) =>
        TypedResults.Ok(new MyOtts(
            call.Identity is { } identity ? (await travellers.SummaryAsync(identity.TravellerId, cancellationToken)).ProviderIds : []));

    private static async Task<NoContent> SetOttsAsync(OttChoice choice, TravellerCall call, TasteStore taste, CancellationToken cancellationToken)
    {
        await taste.SetProvidersAsync(call.TravellerId, choice.OttIds!, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<WatchedList>> WatchedAsync(
        TravellerCall call, WatchedStore watched, MovieCardStore movies, CancellationToken cancellationToken,
        [StringLength(200)] string? q = null,
        [FromQuery(Name = "min_rating"), Range(0.5, 5)] double? minRating = null,
        [AllowedValues("recent", "rating", "title", "year", ErrorMessage = "must be recent, rating, title or year.")] string sort = "recent",
        [Range(1, 200)] int limit = 40, [Range(0, 1_000_000)] int offset = 0)
    {
        if (call.Identity is not { } identity)
        {
            return TypedResults.Ok(new WatchedList([], 0));
        }

        var title = string.IsNullOrWhiteSpace(q) ? null : q.Replace("\0", "", StringComparison.Ordinal);
        var (lines, total) = await watched.PageAsync(
            identity.TravellerId, title, TasteStore.HalfStars(minRating), sort, limit, offset, cancellationToken);
        var cards = await movies.CardsAsync([.. lines.Select(line => line.MovieId)], cancellationToken);
        return TypedResults.Ok(new WatchedList(
            [.. lines.Where(line => cards.ContainsKey(line.MovieId))
                .Select(line => new WatchedCard(cards[line.MovieId], line.Rating, line.WatchedOn))],
            total));
    }

    private static async Task<Ok<MoviePageList>> NotForMeAsync(
        TravellerCall call, WatchedStore watched, MovieCardStore movies, CancellationToken cancellationToken,
        [Range(1, 200)] int limit = 40, [Range(0, 1_000_000)] int offset = 0)
    {
        if (call.Identity is not { } identity)
        {
            return TypedResults.Ok(new MoviePageList([], 0));
        }

        var (movieIds, total) = await watched.RejectedPageAsync(identity.TravellerId, limit, offset, cancellationToken);
        return TypedResults.Ok(new MoviePageList(await movies.CardsInOrderAsync([.. movieIds], cancellationToken), total));
    }

    private static async Task<Ok<Statistics>> StatisticsAsync(
        TravellerCall call, StatisticsStore statistics, CancellationToken cancellationToken) =>
        TypedResults.Ok(call.Identity is { } identity ? await statistics.ReadAsync(identity.TravellerId, cancellationToken) : Statistics.None);
}
