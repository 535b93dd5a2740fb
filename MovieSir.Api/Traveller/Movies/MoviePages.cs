using System.ComponentModel.DataAnnotations;
using MovieSir.Api.Movies;
using MovieSir.Api.Traveller.People;
using MovieSir.ServiceDefaults.InferenceContract;

namespace MovieSir.Api.Traveller.Movies;

/// <summary>A movie with all that is known of it.</summary>
internal sealed record MoviePage
{
    public required MovieInfo Info { get; init; }

    /// <summary>Where it can be watched.</summary>
    public required IReadOnlyList<MovieOffer> Otts { get; init; }

    /// <summary>What the caller said of it; null for nobody.</summary>
    public required MovieOpinion? Mine { get; init; }

    /// <summary>Whose data this is: to be named on the page.</summary>
    public required IReadOnlyList<string> Attribution { get; init; }
}

internal sealed record MovieList(IReadOnlyList<MovieCard> Movies);

/// <summary>Movies found by a text.</summary>
/// <param name="Movies">Best first.</param>
/// <param name="MatchedBy">How they were found.</param>
internal sealed record FoundMovies(IReadOnlyList<MovieCard> Movies, SearchMatch MatchedBy);

internal sealed record GenreNames(IReadOnlyList<GenreName> Genres);

/// <summary>What is searched for.</summary>
public sealed record MovieSearch
{
    /// <summary>A title, or a mood in words, in any language.</summary>
    [Required, StringLength(200, MinimumLength = 1)]
    public string? Query { get; init; }

    /// <summary>How many movies at most.</summary>
    [Range(1, 50)]
    public int K { get; init; } = 20;

    /// <summary>Only movies of so many minutes or fewer.</summary>
    [Range(Limits.MinutesMin, Limits.MinutesMax)]
    public int? MaxRuntime { get; init; }
}

/// <summary>Where the caller wants to watch a movie.</summary>
public sealed record PlayRequest
{
    /// <summary>TMDB's id of the streaming service.</summary>
    [Required]
    public int? ProviderId { get; init; }

    /// <summary>The session that showed the movie.</summary>
    public Guid? SessionId { get; init; }
}

/// <summary>Where to go.</summary>
internal sealed record PlayAnswer(string RedirectUrl);

/// <summary>That a movie was seen.</summary>
public sealed record WatchedMark : IValidatableObject
{
    /// <summary>Stars, in halves. Left out, what was given before stays.</summary>
    [Range(0.5, 5)]
    public double? Rating { get; init; }

    /// <summary>Takes the stars back.</summary>
    public bool WithoutRating { get; init; }

    public DateOnly? WatchedOn { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Rating is { } stars && stars * 2 != Math.Floor(stars * 2))
        {
            yield return new ValidationResult("must be in steps of 0.5.", [nameof(Rating)]);
        }

        if (WithoutRating && Rating is not null)
        {
            yield return new ValidationResult("takes back what rating gives: send one of them.", [nameof(WithoutRating)]);
        }

        if (WatchedOn is { } day && (day.Year < 1888 || day > DateOnly.FromDateTime(DateTime.UtcNow.AddDays(1))))
        {
            yield return new ValidationResult("must be a day that has come.", [nameof(WatchedOn)]);
        }
    }
}
