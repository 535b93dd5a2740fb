using System.Text.RegularExpressions;
using MovieSir.Tests.Infrastructure;

namespace MovieSir.Tests.Architecture;

/// <summary>Holds sources and documents to <c>docs/glossary.md</c>: one word for one thing, in American English.</summary>
public sealed partial class VocabularyTests
{
    private const string Glossary = "docs/glossary.md";

    /// <summary>Files that are not ours to word, or that must name the words.</summary>
    private static readonly Dictionary<string, string> ExemptFiles = new()
    {
        [@"^LICENSE$"] = "the license's own text",
        [@"^data/sample/(movies\.jsonl|ratings/)"] = "titles, keywords and descriptions of movies",
        [@"^docs/glossary\.md$"] = "names the words that are not used",
        [@"^MovieSir\.Tests/Architecture/VocabularyTests\.cs$"] = "this test",
        [@"(^|/)(judged-queries|korean-glosses)\.tsv$"] = "words of those who search",
        [@"\.(png|onnx|ico|woff2)$"] = "not text",
        [@"(^|/)(packages\.lock\.json|package-lock\.json)$"] = "names of other people's packages",
    };

    /// <summary>Places that may have a word for a reason of their own.</summary>
    private static readonly Exemption[] Exemptions =
    [
        new(".", "Film-Noir", "MovieLens' name of a genre"),
        new(@"^MovieSir\.Inference/Catalog/SearchWords\.cs$", "\"film\", \"films\"", "what those who search say for movie"),
        new(@"^(docs/performance\.md|MovieSir\.(Api|Inference)/.*\.csproj)$", "TieredCompilationQuickJitForLoops", ".NET's name of a setting"),
        new(@"^docs/performance\.md$", "tiered PGO", ".NET's name of a setting"),
        new(@"^(\.github/workflows/ci\.yml|MovieSir\.Tests/Repository/WorkflowTests\.cs)$", "cancelled", "a function of GitHub's expressions"),
    ];

    // Inside a pattern that ignores case, so that "NormaliseTitle" is found and "specialist" is not.
    private const string End = "(?-i:(?![a-z]))";

    /// <summary>British spellings, as patterns of whole words or of their beginnings, with what to write.</summary>
    private static readonly (string Pattern, string Instead)[] British =
    [
        ("(col|behavi|fav|hon|neighb|lab|harb|rum|hum|flav|vap|endeav)our(?!ce|se|t)", "…or"),
        ("(normal|standard|quant|regular|optim|summar|serial|token|recogn|initial|general|factor|minim|maxim|final|synchron|organ|author"
            + "|special|util|visual|local|character|emphas|central|prior|categor|penal|random|memor|custom|parallel|material|real|stabil)"
            + "is(e|ed|es|er|ers|ing|ation|ations|able)" + End, "…ize"),
        ("analys(e|ed|ing)" + End, "analyze"),
        ("(cancel|label|model|signal|level|channel|total|fuel|dial)l(ed|ing)", "one l"),
        ("cent(re|red|res)" + End, "center"),
        ("(licen|defen|offen)ce" + End, "…se"),
        ("artefact", "artifact"),
        ("judgement", "judgment"),
        ("grey" + End, "gray"),
        ("towards", "toward"),
        ("(whilst|amongst)", "while, among"),
        ("(learnt|spelt|burnt)", "…ed"),
        ("programmes?" + End, "program"),
        ("(skilful|fulfil(?!l)|enrol(?!l)|ageing|cheque)", "skillful, fulfill, enroll, aging, check"),
    ];

    private sealed record Exemption(string PathPattern, string Text, string Reason);

    private sealed record Entry(string Word, string[] Places, string[] Ruled);

    [Fact]
    public void No_source_or_document_has_a_word_that_the_glossary_rules_out()
    {
        var ruled = Entries().SelectMany(entry => entry.Ruled.Select(word => (Pattern: InAnyForm(word), Instead: entry.Word))).ToArray();

        Assert.NotEmpty(ruled);
        AssertNone(ruled);
    }

    [Fact]
    public void Everything_is_spelled_in_American_English() => AssertNone(British);

    [Theory]
    [InlineData("film", "a film")]
    [InlineData("film", "Films")]
    [InlineData("film", "AFilmSet")]
    [InlineData("film", "maximumFilms")]
    [InlineData("film", "film_embeddings")]
    [InlineData("film", "MAX_FILMS")]
    [InlineData("play time", "PlayTimeMinutes")]
    [InlineData("play time", "play_time")]
    [InlineData("API token", "apiToken")]
    public void A_ruled_out_word_is_found_in_every_form(string word, string text) => Assert.Matches(AnyHump(InAnyForm(word)), text);

    [Theory]
    [InlineData("tier", "frontier")]
    [InlineData("vendor", "Overendorsed")]
    public void A_part_of_another_word_is_not_found(string word, string text) => Assert.DoesNotMatch(AnyHump(InAnyForm(word)), text);

    [Theory]
    [InlineData("behaviour")]
    [InlineData("NormaliseTitle")]
    [InlineData("is_cancelled")]
    [InlineData("CatalogOptimisation")]
    [InlineData("licence")]
    public void A_British_spelling_is_found(string text) => Assert.Contains(British, spelling => Regex.IsMatch(text, AnyHump(spelling.Pattern)));

    [Theory]
    [InlineData("traveller resource hour promise precise exercise cancellation modeling centered")]
    [InlineData("optimistic specialist four tour localhost realistic analyses programmer")]
    public void An_American_spelling_is_not_found(string text) =>
        Assert.DoesNotContain(British, spelling => Regex.IsMatch(text, AnyHump(spelling.Pattern)));

    [Fact]
    public void Every_exemption_is_still_needed()
    {
        Assert.All(Exemptions, exemption => Assert.Contains(
            Texts(),
            file => Regex.IsMatch(file.Path, exemption.PathPattern) && file.Text.Contains(exemption.Text, StringComparison.Ordinal)));
        Assert.All(ExemptFiles.Keys.Where(pattern => !pattern.Contains("lock", StringComparison.Ordinal)), pattern =>
            Assert.Contains(TrackedFiles.All, path => Regex.IsMatch(path, pattern)));
    }

    [Fact]
    public void What_the_glossary_names_exists()
    {
        var sources = Texts().Where(file => file.Path != Glossary).Select(file => file.Text).ToList();

        foreach (var (word, place) in Entries().SelectMany(entry => entry.Places.Select(place => (entry.Word, place))))
        {
            // A table is named with its schema, and in the sources often apart from it.
            string[] schemas = ["b2b.", "b2c.", "accounts.", "catalog."];
            var name = schemas.Any(schema => place.StartsWith(schema, StringComparison.Ordinal))
                ? place[(place.IndexOf('.', StringComparison.Ordinal) + 1)..] : place;
            Assert.True(
                sources.Any(source => source.Contains(name, StringComparison.Ordinal)),
                $"The glossary says that '{word}' shows as '{place}', which is nowhere.");
        }
    }

    [Fact]
    public void A_word_is_explained_once()
    {
        var words = Entries().Select(entry => entry.Word).ToList();

        Assert.True(words.Count > 40, $"{words.Count} words");
        Assert.Equal(words.Distinct(StringComparer.OrdinalIgnoreCase), words);
    }

    /// <summary>Rows of the glossary's tables: word, meaning, places, words not used for it.</summary>
    private static List<Entry> Entries() =>
    [
        .. TrackedFiles.Read(Glossary).Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Where(cells => cells[1] != "Word")
            .Select(cells =>
            {
                Assert.Equal(6, cells.Length);
                return new Entry(
                    cells[1],
                    [.. Code().Matches(cells[3]).Select(match => match.Groups[1].Value)],
                    cells[4].Split(", ", StringSplitOptions.RemoveEmptyEntries));
            }),
    ];

    private static IEnumerable<(string Path, string Text)> Texts() => TrackedFiles.All
        .Where(path => !ExemptFiles.Keys.Any(pattern => Regex.IsMatch(path, pattern)))
        .Select(path => (path, TrackedFiles.Read(path)));

    /// <summary>A word in prose and in names: <c>play time</c>, <c>play_time</c>, <c>PlayTime</c>.</summary>
    private static string InAnyForm(string word) => string.Join("[ _-]?", word.Split(' ').Select(Regex.Escape));

    /// <summary>At the beginning of a word, or of a part of a name that begins with a capital; anything may follow.</summary>
    private static string AnyHump(string pattern) => $"(?:(?<![A-Za-z])|(?<=[A-Za-z0-9])(?=[A-Z][a-z]))(?i:{pattern})";

    private static void AssertNone((string Pattern, string Instead)[] ruled)
    {
        var search = new Regex(AnyHump(string.Join('|', ruled.Select((rule, index) => $"(?<rule{index}>{rule.Pattern})"))), RegexOptions.Compiled);
        List<string> found =
        [
            .. from file in Texts()
               from match in search.Matches(file.Text)
               where !IsExempt(file.Path, file.Text, match)
               let rule = ruled.Index().First(rule => match.Groups[$"rule{rule.Index}"].Success).Item
               select $"{file.Path}:{file.Text.AsSpan(0, match.Index).Count('\n') + 1}: '{match.Value}' (write: {rule.Instead})",
        ];

        Assert.True(found.Count == 0, $"docs/glossary.md rules out:\n{string.Join('\n', found)}");
    }

    private static bool IsExempt(string path, string text, Match match) => Exemptions.Any(exemption =>
        Regex.IsMatch(path, exemption.PathPattern)
        && text.IndexOf(exemption.Text, Math.Max(0, match.Index - exemption.Text.Length), StringComparison.Ordinal) is var at and >= 0
        && at <= match.Index && match.Index < at + exemption.Text.Length);

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();
}
