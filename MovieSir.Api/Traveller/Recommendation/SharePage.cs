using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using MovieSir.Api.Traveller.Calls;

namespace MovieSir.Api.Traveller.Recommendation;

/// <summary>
/// The page behind <c>/s/…</c>: what a messenger shows of a shared plan (Open Graph), and for people the way to the plan in the app. It holds no
/// script and no style: the edge's Content-Security-Policy allows none.
/// </summary>
internal static class SharePage
{
    private const string Posters = "https://image.tmdb.org/t/p/w500";

    public static void MapSharePage(this IEndpointRouteBuilder travellers) =>
        travellers.MapGet("/s/{shareId}", ReadAsync).WithName("SharePage").PublicAnswer().ExcludeFromDescription();

    private static async Task<ContentHttpResult> ReadAsync(
        string shareId, HttpRequest request, SessionStore sessions, Recommender recommender, ShareLinks links, CancellationToken cancellationToken)
    {
        var plan = await ShareEndpoints.FindAsync(shareId, sessions, recommender, cancellationToken);
        var isEnglish = request.Headers.AcceptLanguage.ToString().StartsWith("en", StringComparison.OrdinalIgnoreCase);
        // People find out in the app that a plan is gone, in its words.
        return TypedResults.Content(
            Write(shareId, plan, links.App, isEnglish), "text/html", Encoding.UTF8,
                plan is null ? StatusCodes.Status404NotFound : StatusCodes.Status200OK);
    }

    private static string Write(string shareId, SharedPlan? plan, string app, bool isEnglish)
    {
        var target = $"/plan/{Uri.EscapeDataString(shareId)}";
        var (title, description) = plan is null
            ? (isEnglish ? "This plan is not shared any more" : "더 이상 공유되지 않는 계획이에요", "MovieSir")
            : (TitleOf(plan, isEnglish), string.Join(" · ", plan.Movies.Select(movie => isEnglish ? movie.Title : movie.TitleKo ?? movie.Title)));
        var image = plan?.Movies.FirstOrDefault(movie => movie.PosterPath is not null)?.PosterPath is { } poster
            ? Posters + poster
            : $"{app}/share.png";
        return $"""
            <!doctype html>
            <html lang="{(isEnglish ? "en" : "ko")}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{WebUtility.HtmlEncode(title)}</title>
            <meta name="description" content="{WebUtility.HtmlEncode(description)}">
            <meta name="robots" content="noindex">
            <meta property="og:type" content="website">
            <meta property="og:site_name" content="MovieSir">
            <meta property="og:locale" content="{(isEnglish ? "en_US" : "ko_KR")}">
            <meta property="og:title" content="{WebUtility.HtmlEncode(title)}">
            <meta property="og:description" content="{WebUtility.HtmlEncode(description)}">
            <meta property="og:url" content="{WebUtility.HtmlEncode($"{app}/s/{shareId}")}">
            <meta property="og:image" content="{WebUtility.HtmlEncode(image)}">
            <meta name="twitter:card" content="summary_large_image">
            <meta http-equiv="refresh" content="0; url={target}">
            </head>
            <body><p><a href="{target}">{(isEnglish ? "Open the plan" : "계획 보기")}</a></p></body>
            </html>
            """;
    }

    private static string TitleOf(SharedPlan plan, bool isEnglish)
    {
        var (hours, minutes) = Math.DivRem(plan.AvailableTime, 60);
        return isEnglish
            ? string.Create(CultureInfo.InvariantCulture,
                $"{plan.Movies.Count} movie{(plan.Movies.Count == 1 ? "" : "s")} for {hours} h {minutes:00} min")
            : string.Create(CultureInfo.InvariantCulture, $"{(hours > 0 ? $"{hours}시간 " : "")}{(minutes > 0 ? $"{minutes}분" : "")}").Trim()
                + $"에 딱 맞는 영화 {plan.Movies.Count}편";
    }
}
