using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using MovieSir.Api.Accounts;
using MovieSir.Api.Dependencies;
using MovieSir.Api.Http;
using MovieSir.Api.Movies;
using MovieSir.Api.Traveller.Calls;
using MovieSir.Api.Traveller.People;
using MovieSir.ServiceDefaults.Http;
using MovieSir.ServiceDefaults.InferenceContract;

namespace MovieSir.Api.Traveller.Onboarding;

/// <summary>How far a traveller has come.</summary>
internal sealed record OnboardingState
{
    public required bool Completed { get; init; }

    public required IReadOnlyList<int> ProviderIds { get; init; }

    /// <summary>The movies that were picked.</summary>
    public required IReadOnlyList<int> MovieIds { get; init; }

    /// <summary>Whether the app may remind of it: not on the first day.</summary>
    public required bool ReminderDue { get; init; }
}

/// <summary>A streaming service of the catalog.</summary>
/// <param name="ProviderId">TMDB's id.</param>
/// <param name="Name">Its name.</param>
/// <param name="NameKo">Its Korean name, where it has one.</param>
/// <param name="Movies">How many movies it carries.</param>
/// <param name="Suggested">Whether most people here know it.</param>
internal sealed record ProviderAnswer(int ProviderId, string Name, string? NameKo, int Movies, bool Suggested);

internal sealed record ProviderList(IReadOnlyList<ProviderAnswer> Providers);

/// <summary>A movie that stands for a mood.</summary>
internal sealed record MoodMovie(Mood Mood, MovieCard Movie);

internal sealed record Survey(IReadOnlyList<MoodMovie> Moods);

/// <summary>What onboarding ended with.</summary>
/// <param name="UserId">Null for a guest.</param>
/// <param name="OnboardingCompleted">True.</param>
internal sealed record OnboardingEnd(Guid? UserId, bool OnboardingCompleted);

/// <summary>The streaming services that a traveller has: these and no others.</summary>
public sealed record ProviderChoice
{
    [Required, MaxLength(Limits.Providers)]
    public int[]? ProviderIds { get; init; }
}

/// <summary>The movies that a traveller picked: these and no others.</summary>
public sealed record SurveyChoice
{
    [Required, MinLength(1), MaxLength(50)]
    public int[]? MovieIds { get; init; }
}

internal static class OnboardingEndpoints
{
    // Netflix, Watcha, Disney Plus, wavve, TVING, Apple TV+.
    private static readonly HashSet<int> Suggested = [8, 97, 337, 356, 1883, 350];
    private static readonly TimeSpan ReminderAfter = TimeSpan.FromDays(1);

    public static void MapOnboarding(this IEndpointRouteBuilder travellers)
    {
        var onboarding = travellers.MapGroup("/onboarding");
        onboarding.MapGet("", StateAsync).WithName("Onboarding").WithSummary("How far the caller has come");
        onboarding.MapGet("/providers", ProvidersAsync).WithName("Providers").WithSummary("Streaming services of the catalog")
            .KeptAnswer();
        onboarding.MapPost("/ott", ChooseProvidersAsync).WithName("ChooseProviders").WithSummary("Replace the caller's streaming services")
            .MakesGuest().Validated();
        onboarding.MapGet("/survey/movies", SurveyAsync).WithName("Survey").WithSummary("One movie for each of ten moods")
            .WithDescription("The same `seed` gives the same movies.").Validated(hasBody: false);
        onboarding.MapPost("/survey", AnswerAsync).WithName("AnswerSurvey").WithSummary("Replace the caller's picks; onboarding is then done")
            .MakesGuest().Validated();
        onboarding.MapPost("/complete", CompleteAsync).WithName("CompleteOnboarding").WithSummary("Onboarding is done").MakesGuest();
        onboarding.MapPost("/skip", CompleteAsync).WithName("SkipOnboarding").WithSummary("Onboarding is done for now; what was picked stays")
            .MakesGuest();
    }

    private static async Task<Ok<OnboardingState>> StateAsync(
        TravellerCall call, TravellerStore travellers, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (call.Identity is not { } identity)
        {
            return TypedResults.Ok(new OnboardingState { Completed = false, ProviderIds = [], MovieIds = [], ReminderDue = false });
        }

        var traveller = await travellers.SummaryAsync(identity.TravellerId, cancellationToken);
        return TypedResults.Ok(new OnboardingState
        {
            Completed = traveller.OnboardedAt is not null,
            ProviderIds = traveller.ProviderIds,
            MovieIds = traveller.SurveyMovieIds,
            ReminderDue = traveller.OnboardedAt is null && clock.GetUtcNow() - traveller.CreatedAt > ReminderAfter,
        });
    }

    private static async Task<Results<Ok<ProviderList>, Problem<Status503>>> ProvidersAsync(MovieStore movies, CancellationToken cancellationToken) =>
        await movies.OttsAsync(Limits.RankMax, 0, cancellationToken) is Reply<IReadOnlyList<OttAnswer>>.Answered(var providers)
            ? TypedResults.Ok(new ProviderList([.. providers.Select(provider => new ProviderAnswer(
                provider.ProviderId, provider.Name, provider.NameKo, provider.Movies, Suggested.Contains(provider.ProviderId)))]))
            : AccountProblems.StorageAway();

    private static async Task<NoContent> ChooseProvidersAsync(
        ProviderChoice choice, TravellerCall call, TasteStore taste, CancellationToken cancellationToken)
    {
        await taste.SetProvidersAsync(call.TravellerId, choice.ProviderIds!, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<Survey>> SurveyAsync(
        MoodStore moods, MovieCardStore movies, CancellationToken cancellationToken, [Range(0, int.MaxValue)] int? seed = null)
    {
        var random = seed is { } given ? new Random(given) : Random.Shared;
        var picked = new List<(Mood Mood, int MovieId)>();
        foreach (var (mood, candidates) in (await moods.CandidatesAsync(cancellationToken)).OrderBy(pair => pair.Key))
        {
            var free = candidates.Except(picked.Select(pick => pick.MovieId)).ToArray();
            if (free.Length > 0)
            {
                picked.Add((mood, free[random.Next(free.Length)]));
            }
        }

        var cards = await movies.CardsAsync([.. picked.Select(pick => pick.MovieId)], cancellationToken);
        return TypedResults.Ok(new Survey(
            [.. picked.Where(pick => cards.ContainsKey(pick.MovieId)).Select(pick => new MoodMovie(pick.Mood, cards[pick.MovieId]))]));
    }

    private static async Task<NoContent> AnswerAsync(
        SurveyChoice choice, TravellerCall call, TasteStore taste, TimeProvider clock, CancellationToken cancellationToken)
    {
        await taste.SetAnswersAsync(call.TravellerId, choice.MovieIds!, clock.GetUtcNow(), cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<OnboardingEnd>> CompleteAsync(
        TravellerCall call, TasteStore taste, TimeProvider clock, CancellationToken cancellationToken)
    {
        await taste.CompleteOnboardingAsync(call.TravellerId, clock.GetUtcNow(), cancellationToken);
        return TypedResults.Ok(new OnboardingEnd(call.Identity!.AccountId is null ? null : call.TravellerId, true));
    }
}
