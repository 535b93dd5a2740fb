using MovieSir.Api.Dependencies;
using MovieSir.Api.Traveller.PartnerApi;
using MovieSir.ServiceDefaults.InferenceContract;

namespace MovieSir.Api.Traveller.Recommendation;

/// <summary>Finds what would give a better answer, by trying it.</summary>
internal static class Hints
{
    private const int Step = 15;
    private const float ClearlyBetter = 0.02f;
    private static readonly int[] MoreMinutes = [Step, 2 * Step, 4 * Step];

    /// <param name="question">What was asked.</param>
    /// <param name="tracks">What was answered.</param>
    /// <param name="ask">Asks something else.</param>
    /// <param name="cancellationToken">Ends the trying.</param>
    public static async Task<IReadOnlyList<Hint>> OfAsync(
        Question question, PartnerTracks tracks,
            Func<Question, CancellationToken, Task<Reply<PartnerTracks>>> ask, CancellationToken cancellationToken)
    {
        if (tracks.TrackA.FillsTime)
        {
            return await TryAsync(question with { Minutes = question.Minutes + Step }) is { } longer && Best(longer) is { } best
                && Best(tracks) is { } current && best.Score > current.Score + ClearlyBetter
                    && tracks.TrackA.Movies.All(movie => movie.MovieId != best.MovieId)
                ? [new Hint(HintKind.MoreMinutes, Step, new BothLanguages(
                    $"{Step}분만 더 있으면 〈{best.Title}〉도 볼 수 있어요.",
                        $"With {Step} more minutes you could also watch “{best.OriginalTitle ?? best.Title}”."))]
                : [];
        }

        var found = new List<Hint>();
        foreach (var minutes in MoreMinutes.Where(minutes => question.Minutes + minutes <= Limits.MinutesMax))
        {
            if (await TryAsync(question with { Minutes = question.Minutes + minutes }) is { TrackA.FillsTime: true })
            {
                found.Add(new Hint(HintKind.MoreMinutes, minutes, new BothLanguages(
                    $"{minutes}분 더 있으면 시간을 알맞게 채울 수 있어요.", $"With {minutes} more minutes the time could be filled.")));
                break;
            }
        }

        if (question.Genres is not null && await TryAsync(question with { Genres = null }) is { TrackA.FillsTime: true })
        {
            found.Add(new Hint(HintKind.FewerGenres, null, new BothLanguages(
                "장르를 줄이거나 비우면 시간을 알맞게 채울 수 있어요.", "With fewer genres, or none, the time could be filled.")));
        }

        if (question.Otts is not null && await TryAsync(question with { Otts = null }) is { TrackA.FillsTime: true })
        {
            found.Add(new Hint(HintKind.MoreProviders, null, new BothLanguages(
                "다른 스트리밍 서비스까지 넣으면 시간을 알맞게 채울 수 있어요.", "With more streaming services the time could be filled.")));
        }

        return found;

        async Task<PartnerTracks?> TryAsync(Question other) =>
            await ask(other, cancellationToken) is Reply<PartnerTracks>.Answered(var answer) ? answer : null;
    }

    private static MovieAnswer? Best(PartnerTracks tracks) => tracks.TrackA.Movies.MaxBy(movie => movie.Score);
}
