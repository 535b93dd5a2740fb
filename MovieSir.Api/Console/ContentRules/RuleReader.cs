using System.Globalization;
using System.Text;
using MovieSir.Api.Accounts;
using MovieSir.Data.B2b;
using MovieSir.ServiceDefaults.Http;

namespace MovieSir.Api.Console.ContentRules;

/// <summary>Rules as they were read, or what is wrong with them.</summary>
internal abstract record ReadRules
{
    /// <param name="Rules">In the one form in which they are kept, each once, in the order in which they came.</param>
    public sealed record Read(IReadOnlyList<RuleText> Rules) : ReadRules;

    public sealed record Wrong(Problem<Status422> Problem) : ReadRules;
}

/// <summary>Brings rules into the form in which they are kept: words in small letters, genres by their English names, ids as numbers.</summary>
internal sealed class RuleReader(RuleStore store)
{
    public async Task<ReadRules> ReadAsync(RulesBody body, CancellationToken cancellationToken)
    {
        var wanted = body.Rules!;
        var ids = wanted.Where(rule => rule.Kind is ContentRuleKind.Id).Select(rule => IdOf(rule.Value!)).OfType<int>().ToArray();
        var known = ids.Length == 0 ? new HashSet<int>() : await store.KnownIdsAsync(ids, cancellationToken);
        var genres = wanted.Any(rule => rule.Kind is ContentRuleKind.Genre)
            ? await store.GenresAsync(cancellationToken)
            : new Dictionary<string, string>(StringComparer.Ordinal);
        var read = new List<RuleText>(wanted.Length);
        for (var i = 0; i < wanted.Length; i++)
        {
            var (kind, text) = (wanted[i].Kind, wanted[i].Value!.Trim().Normalize(NormalizationForm.FormC));
            var (value, problem) = kind switch
            {
                ContentRuleKind.Id => (IdOf(text) is { } id && known.Contains(id) ? id.ToString(CultureInfo.InvariantCulture) : null,
                    "is no movie of the catalog."),
                ContentRuleKind.Genre => (genres.GetValueOrDefault(text), "is no genre of the catalog."),
                _ => (text.Any(char.IsLetterOrDigit) && !text.Any(char.IsControl) ? text.ToLowerInvariant() : null, "has no letter to look for."),
            };
            if (value is null)
            {
                return new ReadRules.Wrong(AccountProblems.Invalid($"rules[{i}].value", problem));
            }

            read.Add(new RuleText(kind, value));
        }

        return new ReadRules.Read([.. read.Distinct()]);
    }

    private static int? IdOf(string text) =>
        int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
}
