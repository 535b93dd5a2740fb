using Microsoft.AspNetCore.Http.HttpResults;
using MovieSir.Api.Console.Calls;
using MovieSir.Api.Console.Logs;
using MovieSir.Api.Console.People;
using MovieSir.ServiceDefaults.Http;

namespace MovieSir.Api.Console.LiveFeed;

internal static class LiveFeedEndpoints
{
    public static void MapLiveFeed(this IEndpointRouteBuilder console) =>
        console.MapGet("/live-feed", Follow).WithName("LiveFeed").WithSummary("Calls as they are answered, as server-sent events")
            .WithDescription("Events are named call, their ids are places in the log. With Last-Event-ID the feed goes on where it was, for ten "
                + "minutes. A comment comes every 15 seconds.");

    private static Results<EventStream, Problem<Status429>> Follow(
        HttpContext http, ConsoleCall call, LogStore store, FeedPlaces places, ConsoleMembers members, TimeProvider clock) =>
        places.Take(call.CompanyId) is { } place
            ? new EventStream(
                new FeedReader(store, clock, call.CompanyId, LogCursor.Read(http.Request.Headers["Last-Event-ID"])),
                place, cancellationToken => members.IsStillSignedInAsync(call.Member.MemberId, call.SignInId, cancellationToken))
            : ConsoleProblems.ManyStreams(FeedPlaces.Most);
}
