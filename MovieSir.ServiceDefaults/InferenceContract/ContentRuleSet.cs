using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace MovieSir.ServiceDefaults.InferenceContract;

/// <summary>
/// Movies that are never answered, whatever else a request asks for: what a company does not want to recommend. Where two ids are one movie (they
/// share an IMDb id), a rule that holds for one holds for both.
/// </summary>
public sealed record ContentRuleSet
{
    /// <summary>TMDB ids. Ids that the catalog lacks are ignored.</summary>
    [Required, MaxLength(Limits.ContentRules)]
    public int[] MovieIds { get; init; } = [];

    /// <summary>Genre names in English or Korean: all movies of these genres. Names that the catalog lacks are ignored.</summary>
    [Required, MaxLength(Limits.ContentRules), EachText(1, Limits.ContentRuleLength)]
    public string[] Genres { get; init; } = [];

    /// <summary>
    /// All movies whose titles, overviews or keywords hold these words, in any case: whole words where the text is ASCII, anywhere in a word
    /// otherwise, since Korean joins particles to its words.
    /// </summary>
    [Required, MaxLength(Limits.ContentRules), EachText(1, Limits.ContentRuleLength)]
    public string[] Keywords { get; init; } = [];

    /// <summary>Whether it forbids nothing.</summary>
    [JsonIgnore]
    public bool IsEmpty => MovieIds.Length + Genres.Length + Keywords.Length == 0;
}
