using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using MovieSir.Api.Accounts;
using MovieSir.Api.Accounts.Devices;
using MovieSir.Api.Http;
using MovieSir.Api.Traveller.Calls;
using MovieSir.Api.Traveller.People;
using MovieSir.Data.Accounts;
using MovieSir.ServiceDefaults.Http;

namespace MovieSir.Api.Traveller.MyPage;

/// <summary>Services that histories come from.</summary>
public enum HistorySource
{
    /// <summary>CSV: watched, ratings, diary.</summary>
    Letterboxd,

    /// <summary>JSON: history, watched, ratings.</summary>
    Trakt,
}

/// <summary>A file of another service.</summary>
public sealed record ImportBody
{
    [Required]
    public HistorySource? Source { get; init; }

    /// <summary>The whole file.</summary>
    [Required, StringLength(HistoryEndpoints.MaximumBytes, MinimumLength = 1)]
    public string? Text { get; init; }
}

/// <summary>All that is stored of a traveller.</summary>
internal sealed record Export
{
    public required DateTimeOffset ExportedAt { get; init; }

    public required string Email { get; init; }

    public required string Nickname { get; init; }

    public required Language Language { get; init; }

    public required bool ShowAdult { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required IReadOnlyList<int> ProviderIds { get; init; }

    public required IReadOnlyList<SignInInfo> Devices { get; init; }

    public required ExportedLists Lists { get; init; }
}

/// <summary>A traveller's history comes in and goes out.</summary>
internal static class HistoryEndpoints
{
    /// <summary>The edge takes as much for this call.</summary>
    public const int MaximumBytes = 12 * 1024 * 1024;

    public static void MapHistory(this IEndpointRouteBuilder mypage)
    {
        mypage.MapGet("/export", ExportAsync).WithName("ExportMyData").WithSummary("All that is stored of the caller, as a file")
            .ProducesProblem(StatusCodes.Status429TooManyRequests).NeedsAccount();
        mypage.MapPost("/import", ImportAsync).WithName("ImportHistory").WithSummary("Take over a history of Letterboxd or Trakt")
            .WithDescription("Movies are found by ids of TMDB or IMDb, else by title and year. Nothing that was said before is changed.")
            .WithMetadata(new RequestSizeLimitAttribute(MaximumBytes))
            .ProducesProblem(StatusCodes.Status429TooManyRequests).NeedsAccount().Validated();
    }

    private static async Task<Results<Ok<Export>, Refusal>> ExportAsync(
        HttpContext http, TravellerCall call, Callers callers, TravellerStore travellers, ExportStore export, SignIns signIns, TimeProvider clock,
        CancellationToken cancellationToken)
    {
        if (await callers.CountHistoryAsync(http, call.Identity!) is { } refusal)
        {
            return refusal;
        }

        var traveller = await travellers.SummaryAsync(call.TravellerId, cancellationToken);
        http.Response.Headers.ContentDisposition = "attachment; filename=\"moviesir.json\"";
        return TypedResults.Ok(new Export
        {
            ExportedAt = clock.GetUtcNow(),
            Email = traveller.Email!,
            Nickname = traveller.Nickname!,
            Language = traveller.Language!.Value,
            ShowAdult = traveller.ShowAdult,
            CreatedAt = traveller.CreatedAt,
            ProviderIds = traveller.ProviderIds,
            Devices = await signIns.ListAsync(call.Identity!.AccountId!.Value, cancellationToken),
            Lists = await export.ReadAsync(call.TravellerId, cancellationToken),
        });
    }

    private static async Task<Results<Ok<ImportAnswer>, Problem<Status422>, Refusal>> ImportAsync(
        ImportBody body, HttpContext http, TravellerCall call, Callers callers, HistoryImport history, TimeProvider clock,
        CancellationToken cancellationToken)
    {
        if (await callers.CountHistoryAsync(http, call.Identity!) is { } refusal)
        {
            return refusal;
        }

        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var (lines, problem) = body.Source is HistorySource.Letterboxd
            ? LetterboxdFile.Read(body.Text!, today)
            : TraktFile.Read(body.Text!, today);
        return lines is null
            ? AccountProblems.Invalid("text", problem!)
            : TypedResults.Ok(await history.AddAsync(call.TravellerId, lines, cancellationToken));
    }
}
