using System.Globalization;
using MovieSir.Api.Dependencies;
using MovieSir.Api.Traveller.PartnerApi;
using MovieSir.Api.Traveller.People;
using MovieSir.Data.Catalog;
using MovieSir.ServiceDefaults.InferenceContract;

namespace MovieSir.Api.Traveller.Recommendation;

/// <summary>Reads what a traveller wants: ids as names, what is left out as the traveller's own, moods as movies.</summary>
internal sealed class WishReader(ProfileStore profiles, GroupStore groups, PartnerApiClient partner, TimeProvider clock)
{
    private const int MoodMovies = 8;

    /// <returns>The wish, or what is wrong with it by field.</returns>
    public async Task<(Wish? Wish, Dictionary<string, string[]>? Errors)> ReadAsync(
        RecommendBody body, TravellerIdentity traveller, CancellationToken cancellationToken)
    {
        var errors = new Dictionary<string, string[]>();
        var genres = (body.Genres ?? []).Select((genre, index) => (Genre: NameOf(genre), Field: $"genres[{index}]")).ToList();
        foreach (var (_, field) in genres.Where(genre => genre.Genre is null))
        {
            errors[field] = ["is no genre: GET /movies/genres lists them."];
        }

        var providerIds = body.ProviderIds ?? await profiles.ProviderIdsAsync(traveller.TravellerId, cancellationToken);
        if (body.ProviderIds is { Length: > 0 } && (await profiles.ProviderNamesAsync(providerIds, cancellationToken)).Length == 0)
        {
            errors["provider_ids"] = ["names no streaming service of the catalog: GET /onboarding/providers lists them."];
        }

        if (body.GroupId is { } groupId
            && await groups.StateAsync(groupId, traveller.TravellerId, clock.GetUtcNow(), cancellationToken)
                is not { IsMine: true, People: GroupEndpoints.Places })
        {
            errors["group_id"] = ["names no group of yours in which both have chosen."];
        }

        return errors.Count > 0 ? (null, errors) : (new Wish
        {
            AvailableTime = body.Minutes,
            BreakMinutes = body.BreakMinutes,
            MarginMinutes = body.MarginMinutes,
            Genres = [.. genres.Select(genre => genre.Genre!).Distinct()],
            ProviderIds = [.. providerIds.Distinct()],
            ExcludeAdult = body.ExcludeAdult ?? !traveller.ShowAdult,
            Mood = body.Mood,
            ExcludedIds = body.ExcludedIds ?? [],
            GroupId = body.GroupId,
            GroupMode = body.GroupMode,
        }, null);
    }

    /// <summary>Movies that a mood's words find. None where nothing was said,
    /// or nothing can be found at present: the rest of the wish still holds.</summary>
    public async Task<int[]> MoodAsync(Wish wish, CancellationToken cancellationToken) =>
        wish.Mood is { } mood
        && await partner.SearchAsync(new PartnerSearch(mood, MoodMovies, !wish.ExcludeAdult), cancellationToken)
            is Reply<SearchResponse>.Answered(var found)
            ? [.. found.Movies.Select(movie => movie.MovieId)]
            : [];

    private static string? NameOf(string genre) => KnownGenres.All.FirstOrDefault(known =>
        known.NameEn.Equals(genre, StringComparison.OrdinalIgnoreCase) || known.NameKo.Equals(genre, StringComparison.OrdinalIgnoreCase)
        || (int.TryParse(genre, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && known.GenreId == id))?.NameEn;
}
