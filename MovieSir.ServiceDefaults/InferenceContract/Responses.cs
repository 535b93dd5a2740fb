using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace MovieSir.ServiceDefaults.InferenceContract;

public enum RecommendationType
{
    /// <summary>Item factors and embeddings both spoke.</summary>
    Hybrid,

    /// <summary>The movie has no factors yet: embeddings alone.</summary>
    SbertOnly,
}

/// <summary>The movie of the viewer's profile that speaks most for an answer.</summary>
public sealed record Because(int MovieId, string Title);

/// <summary>A movie as it is answered.</summary>
public record MovieAnswer
{
    public required int MovieId { get; init; }

    /// <summary>Equal to <c>movie_id</c>.</summary>
    public required int TmdbId { get; init; }

    public string? ImdbId { get; init; }

    /// <summary>The Korean title where there is one, else the English.</summary>
    public required string Title { get; init; }

    public string? OriginalTitle { get; init; }

    /// <summary>Minutes.</summary>
    public short? Runtime { get; init; }

    public required IReadOnlyList<string> Genres { get; init; }

    public float VoteAverage { get; init; }

    public int VoteCount { get; init; }

    public string? Overview { get; init; }

    public DateOnly? ReleaseDate { get; init; }

    public string? PosterPath { get; init; }

    /// <summary>Streaming services that carry it.</summary>
    public required IReadOnlyList<string> Otts { get; init; }

    /// <summary>Higher is better; comparable within one answer only.</summary>
    public float Score { get; init; }

    public RecommendationType? RecommendationType { get; init; }

    public Because? Because { get; init; }
}

/// <summary>One set of movies that fills the time.</summary>
public sealed record TrackAnswer
{
    public required string Label { get; init; }

    public required IReadOnlyList<MovieAnswer> Movies { get; init; }

    /// <summary>Minutes of all movies together.</summary>
    public required int TotalRuntime { get; init; }

    /// <summary>False where no set fills 90 to 100 % of the time: then this is the fullest there is.</summary>
    public required bool FillsTime { get; init; }
}

public sealed record RecommendResponse
{
    public required TrackAnswer TrackA { get; init; }

    public required TrackAnswer TrackB { get; init; }

    /// <summary>Seconds.</summary>
    public required double ElapsedTime { get; init; }

    public required string ModelVersion { get; init; }
}

/// <summary>Answer of <c>POST /recommend_single</c>.</summary>
public sealed record SingleMovieAnswer : MovieAnswer
{
    [JsonConstructor]
    public SingleMovieAnswer()
    {
    }

    /// <summary>The movie as it is answered everywhere, with its level.</summary>
    [SetsRequiredMembers]
    public SingleMovieAnswer(MovieAnswer movie, int fallbackLevel)
        : base(movie) => FallbackLevel = fallbackLevel;

    /// <summary>0: 90-100 % of the target's minutes; 1: 70-100 %; 2: up to 100 %.</summary>
    public required int FallbackLevel { get; init; }
}

public sealed record RankedMovie(int MovieId, float Score);

public sealed record RankResponse
{
    public required IReadOnlyList<RankedMovie> Movies { get; init; }

    public required string ModelVersion { get; init; }
}

/// <summary>How <c>POST /search</c> found a movie.</summary>
public enum SearchMatch
{
    /// <summary>By one of its titles: whole, without its article, with an error or two, or the beginning of it.</summary>
    Title,

    /// <summary>By words of its titles, overviews, keywords and genres.</summary>
    Words,

    /// <summary>By the meaning of the query, as the sentence encoder sees it.</summary>
    Meaning,
}

/// <summary>A movie that <c>POST /search</c> found.</summary>
public sealed record SearchMovieAnswer : MovieAnswer
{
    [JsonConstructor]
    public SearchMovieAnswer()
    {
    }

    /// <summary>The movie as it is answered everywhere, with how it was found.</summary>
    [SetsRequiredMembers]
    public SearchMovieAnswer(MovieAnswer movie, IReadOnlyList<SearchMatch> matchedBy)
        : base(movie) => MatchedBy = matchedBy;

    /// <summary>The ways that found it.</summary>
    public required IReadOnlyList<SearchMatch> MatchedBy { get; init; }
}

/// <summary>Answer of <c>POST /search</c>.</summary>
public sealed record SearchResponse
{
    /// <summary>Best first.</summary>
    public required IReadOnlyList<SearchMovieAnswer> Movies { get; init; }

    /// <summary>How the first movie was found: by its title, or else by meaning, or else by words.</summary>
    public required SearchMatch MatchedBy { get; init; }
}

/// <summary>Answer of <c>/movies/{id}/similar</c>.</summary>
public sealed record MoviesResponse
{
    public required IReadOnlyList<MovieAnswer> Movies { get; init; }
}

public sealed record EmbedResponse
{
    /// <summary>One per text; null where the encoder has no embedding for it.</summary>
    public required IReadOnlyList<float[]?> Vectors { get; init; }

    public required int Dimension { get; init; }

    public required string Model { get; init; }
}

/// <summary>Answer of <c>POST /rules/preview</c>.</summary>
public sealed record RulesPreviewResponse
{
    /// <summary>Movies of the catalog.</summary>
    public required int Movies { get; init; }

    /// <summary>Those that all rules together forbid, the saved ones among them.</summary>
    public required int Removed { get; init; }

    /// <summary>How many each of the rules forbids, in their order.</summary>
    public required IReadOnlyList<int> RemovedBy { get; init; }

    /// <summary>The most popular movies that the rules forbid and the saved ones do not.</summary>
    public required IReadOnlyList<MovieAnswer> Examples { get; init; }
}
