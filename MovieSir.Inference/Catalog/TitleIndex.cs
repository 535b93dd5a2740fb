using MovieSir.Data.Names;

namespace MovieSir.Inference.Catalog;

/// <summary>How near a title is to what was asked for, the nearest first.</summary>
internal enum TitleMatch
{
    /// <summary>The title.</summary>
    Whole,

    /// <summary>The title without its article, or what stands before its colon.</summary>
    Main,

    /// <summary>The title with an error or two.</summary>
    Misspelled,

    /// <summary>The beginning of the title, or the first letters of its syllables.</summary>
    Beginning,
}

/// <summary>A movie whose title was asked for.</summary>
internal readonly record struct FoundTitle(Row Row, TitleMatch Match);

/// <summary>
/// Finds movies by their English, Korean and original titles (<see cref="NameLetters"/>): a sorted list for whole titles and beginnings, trigrams for
/// titles with errors.
/// </summary>
internal sealed class TitleIndex
{
    private const int LeastLetters = 3;

    private static readonly string[] Articles = ["the ", "a ", "an ", "le ", "la ", "les ", "el ", "il ", "der ", "die ", "das "];
    private static readonly string[] Ends = [": ", " - ", " – ", " — ", " ("];

    private readonly Names _whole;
    private readonly Names _main;
    private readonly Names _initials;
    private readonly SpellingIndex _spelling;

    public TitleIndex(MovieRecord[] movies)
    {
        var (whole, main, initials) = (new List<(string, Row)>(), new List<(string, Row)>(), new List<(string, Row)>());
        for (var row = 0; row < movies.Length; row++)
        {
            ref readonly var movie = ref movies[row];
            foreach (var title in new[] { movie.TitleKo, movie.TitleEn, movie.OriginalTitle }.OfType<string>().Distinct())
            {
                var letters = NameLetters.Of(title);
                Add(whole, letters, row);
                Add(initials, NameLetters.InitialsOf(title), row);
                foreach (var part in MainParts(title).Select(NameLetters.Of).Where(part => part != letters))
                {
                    Add(main, part, row);
                }
            }
        }

        _whole = new Names(whole);
        _main = new Names(main);
        _initials = new Names(initials);
        _spelling = new SpellingIndex(_whole);
    }

    /// <summary>Movies with a title near a query, each once, by how near it is.</summary>
    /// <param name="query">Any text.</param>
    /// <param name="limit">How many at most of each kind but the whole titles.</param>
    public List<FoundTitle> Find(string query, int limit)
    {
        var found = new List<FoundTitle>();
        var seen = new HashSet<Row>();
        var letters = NameLetters.Of(query);
        if (letters.Length == 0)
        {
            return found;
        }

        Add(_whole.Equal(letters), TitleMatch.Whole, int.MaxValue);
        Add(_main.Equal(letters), TitleMatch.Main, limit);
        if (found.Count == 0)
        {
            Add(_spelling.Near(letters), TitleMatch.Misspelled, limit);
        }

        if (NameLetters.AreInitials(letters))
        {
            Add(_initials.BeginningWith(letters), TitleMatch.Beginning, limit);
        }
        else if (letters.Length >= LeastLetters)
        {
            Add(_whole.BeginningWith(letters), TitleMatch.Beginning, limit);
        }

        return found;

        void Add(IEnumerable<Row> rows, TitleMatch match, int most)
        {
            found.AddRange(rows.Where(seen.Add).Take(most).Select(row => new FoundTitle(row, match)));
        }
    }

    private static void Add(List<(string, Row)> names, string letters, int row)
    {
        if (letters.Length > 0)
        {
            names.Add((letters, new Row(row)));
        }
    }

    private static IEnumerable<string> MainParts(string title)
    {
        var text = FoldedText.Of(title);
        var parts = new List<string> { text };
        foreach (var end in Ends)
        {
            if (text.IndexOf(end, StringComparison.Ordinal) is > 0 and var at)
            {
                parts.Add(text[..at]);
            }
        }

        var bare = parts.SelectMany(part => Articles.Where(article => part.StartsWith(article, StringComparison.OrdinalIgnoreCase))
            .Select(article => part[article.Length..]));
        return parts.Concat(bare.ToList());
    }
}

/// <summary>Names and whose they are, sorted: of equal names, and of names with one beginning, the rows stand together.</summary>
internal sealed class Names
{
    private readonly string[] _letters;
    private readonly Row[] _rows;

    public Names(List<(string Letters, Row Row)> names)
    {
        _letters = [.. names.Select(name => name.Letters)];
        _rows = [.. names.Select(name => name.Row)];
        Array.Sort(_letters, _rows, StringComparer.Ordinal);
    }

    public int Count => _letters.Length;

    public string this[int place] => _letters[place];

    public Row RowAt(int place) => _rows[place];

    public IEnumerable<Row> Equal(string letters) => From(letters).TakeWhile(place => _letters[place] == letters).Select(RowAt);

    public IEnumerable<Row> BeginningWith(string letters) =>
        From(letters).TakeWhile(place => _letters[place].StartsWith(letters, StringComparison.Ordinal)).Select(RowAt);

    private IEnumerable<int> From(string letters)
    {
        var (low, high) = (0, _letters.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = string.CompareOrdinal(_letters[middle], letters) < 0 ? (middle + 1, high) : (low, middle);
        }

        return Enumerable.Range(low, _letters.Length - low);
    }
}
