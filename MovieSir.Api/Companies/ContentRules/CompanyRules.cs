using System.Globalization;
using MovieSir.Data.B2b;
using MovieSir.ServiceDefaults.InferenceContract;

namespace MovieSir.Api.Companies.ContentRules;

/// <summary>A company's content rules as the engine applies them.</summary>
internal static class CompanyRules
{
    /// <summary>The rules of a company; null where it has none. An ID that is no number forbids nothing.</summary>
    public static ContentRuleSet? Of(IEnumerable<(ContentRuleKind Kind, string Value)> rules)
    {
        var values = rules.ToLookup(rule => rule.Kind, rule => rule.Value.Trim());
        var set = new ContentRuleSet
        {
            MovieIds =
            [
                .. values[ContentRuleKind.Id]
                    .Select(value => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : (int?)null)
                    .OfType<int>(),
            ],
            Genres = [.. values[ContentRuleKind.Genre].Where(value => value.Length > 0)],
            Keywords = [.. values[ContentRuleKind.Keyword].Where(value => value.Length > 0)],
        };
        return set.IsEmpty ? null : set;
    }
}
