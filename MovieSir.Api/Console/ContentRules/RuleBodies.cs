using System.ComponentModel.DataAnnotations;
using MovieSir.Data.B2b;
using MovieSir.ServiceDefaults.InferenceContract;

namespace MovieSir.Api.Console.ContentRules;

/// <summary>A rule.</summary>
public sealed record RuleBody
{
    public const int ValueLength = 100;

    public ContentRuleKind Kind { get; init; }

    /// <summary>A word or several, a genre's name in English or Korean, or a movie's id.</summary>
    [Required, StringLength(ValueLength, MinimumLength = 1)]
    public string? Value { get; init; }
}

/// <summary>Rules.</summary>
public sealed record RulesBody
{
    public const int Most = 200;

    [Required, MinLength(1), MaxLength(Most), EachPresent]
    public RuleBody[]? Rules { get; init; }
}

/// <summary>A rule of the company.</summary>
/// <param name="RuleId">Its id.</param>
/// <param name="Kind">What its value is.</param>
/// <param name="Value">A word or several, a genre's English name, or a movie's id.</param>
/// <param name="Title">The movie's title, for an id that the catalog has.</param>
/// <param name="CreatedAt">Since when it holds.</param>
internal sealed record RuleAnswer(Guid RuleId, ContentRuleKind Kind, string Value, string? Title, DateTimeOffset CreatedAt);

/// <summary>The company's rules, the newest first, and rules that many companies want.</summary>
internal sealed record RuleList(IReadOnlyList<RuleAnswer> Rules, IReadOnlyList<RulePreset> Presets);

/// <summary>The company's rules, the newest first.</summary>
internal sealed record SavedRules(IReadOnlyList<RuleAnswer> Rules);

/// <summary>How many movies one rule forbids.</summary>
internal sealed record PreviewedRule(ContentRuleKind Kind, string Value, int Removed);

/// <summary>A movie that would not be answered any more.</summary>
internal sealed record RemovedMovie(int MovieId, string Title, int? Runtime, DateOnly? ReleaseDate, string? PosterPath);

/// <summary>What rules forbid.</summary>
/// <param name="Movies">Movies of the catalog.</param>
/// <param name="Removed">Those that these rules and the saved ones together forbid.</param>
/// <param name="Rules">How many each of these rules forbids.</param>
/// <param name="Examples">Movies that these rules forbid beside the saved ones, the most popular first.</param>
internal sealed record RulePreview(int Movies, int Removed, IReadOnlyList<PreviewedRule> Rules, IReadOnlyList<RemovedMovie> Examples);
