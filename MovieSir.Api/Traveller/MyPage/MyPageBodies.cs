using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using MovieSir.Api.Accounts;
using MovieSir.Api.Accounts.Passwords;
using MovieSir.Api.Movies;
using MovieSir.ServiceDefaults.InferenceContract;

namespace MovieSir.Api.Traveller.MyPage;

/// <summary>The streaming services that a traveller has.</summary>
internal sealed record MyOtts(IReadOnlyList<int> CurrentOttIds);

/// <summary>The streaming services that a traveller has: these and no others.</summary>
public sealed record OttChoice
{
    [Required, MaxLength(Limits.Providers)]
    public int[]? OttIds { get; init; }
}

/// <summary>A new nickname.</summary>
public sealed record NicknameBody
{
    [Required, StringLength(64)]
    public string? Nickname { get; init; }
}

/// <summary>A new password, and the one before.</summary>
public sealed record PasswordBody
{
    [Required, StringLength(PasswordRules.Longest)]
    public string? CurrentPassword { get; init; }

    [Required, StringLength(PasswordRules.Longest, MinimumLength = PasswordRules.Shortest)]
    public string? NewPassword { get; init; }
}

/// <summary>A new e-mail, and the password.</summary>
public sealed record EmailBody
{
    [Required, StringLength(EmailAddress.MaximumLength)]
    public string? NewEmail { get; init; }

    [Required, StringLength(PasswordRules.Longest)]
    public string? Password { get; init; }
}

/// <summary>The token of the link that was mailed to the new e-mail.</summary>
public sealed record EmailConfirmBody
{
    [Required, StringLength(128)]
    public string? Token { get; init; }
}

/// <summary>The password of the account that is to be deleted.</summary>
public sealed record DeletionBody
{
    [Required, StringLength(PasswordRules.Longest)]
    public string? Password { get; init; }
}

/// <summary>The account is deleted.</summary>
/// <param name="RestorableUntil">Until then a sign-in restores it. Then it is erased.</param>
internal sealed record DeletionAnswer(DateTimeOffset RestorableUntil);

/// <summary>A movie that the caller has seen.</summary>
internal sealed record WatchedCard : MovieCard
{
    [JsonConstructor]
    public WatchedCard()
    {
    }

    [SetsRequiredMembers]
    public WatchedCard(MovieCard card, double? rating, DateOnly? watchedOn)
        : base(card) => (Rating, WatchedOn) = (rating, watchedOn);

    /// <summary>Stars, in halves; null where none were given.</summary>
    public required double? Rating { get; init; }

    public required DateOnly? WatchedOn { get; init; }
}

/// <summary>A page of the movies that the caller has seen.</summary>
/// <param name="Movies">In the order that was asked for.</param>
/// <param name="Total">How many there are on all pages.</param>
internal sealed record WatchedList(IReadOnlyList<WatchedCard> Movies, int Total);

/// <summary>A page of movies.</summary>
/// <param name="Movies">The newest first.</param>
/// <param name="Total">How many there are on all pages.</param>
internal sealed record MoviePageList(IReadOnlyList<MovieCard> Movies, int Total);

/// <summary>A number of movies with so many stars.</summary>
internal sealed record RatingCount(double Rating, int Count);

/// <summary>A number of movies of a genre.</summary>
internal sealed record GenreCount(int Id, string Name, string NameKo, int Count);

/// <summary>A number of movies that were watched in a month, of those with a day.</summary>
/// <param name="Month">For example <c>2026-11</c>.</param>
/// <param name="Count">How many.</param>
internal sealed record MonthCount(string Month, int Count);

/// <summary>A number of movies that came out in a decade.</summary>
/// <param name="Decade">Its first year.</param>
/// <param name="Count">How many.</param>
internal sealed record DecadeCount(int Decade, int Count);

/// <summary>What the caller has watched, in numbers.</summary>
internal sealed record Statistics
{
    public required int Watched { get; init; }

    /// <summary>Minutes of all of them.</summary>
    public required long Minutes { get; init; }

    /// <summary>Null where no stars were given.</summary>
    public required double? MeanRating { get; init; }

    public required IReadOnlyList<RatingCount> Ratings { get; init; }

    /// <summary>The most frequent first. A movie counts in each of its genres.</summary>
    public required IReadOnlyList<GenreCount> Genres { get; init; }

    /// <summary>The last 24 that have any.</summary>
    public required IReadOnlyList<MonthCount> Months { get; init; }

    public required IReadOnlyList<DecadeCount> Decades { get; init; }

    public static Statistics None { get; } =
        new() { Watched = 0, Minutes = 0, MeanRating = null, Ratings = [], Genres = [], Months = [], Decades = [] };
}
