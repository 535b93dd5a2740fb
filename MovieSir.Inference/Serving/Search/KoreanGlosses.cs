using MovieSir.Inference.Catalog;

namespace MovieSir.Inference.Serving.Search;

/// <summary>
/// Says a Korean query in English words, by a small dictionary (<c>korean-glosses.tsv</c>): what an encoder that reads English only can make of it.
/// It is no translation: words that it does not have are left out, and grammar is not looked at.
/// </summary>
internal sealed class KoreanGlosses
{
    private readonly Dictionary<string, string> _words = [];
    private readonly Dictionary<string, string> _beginnings = [];
    private readonly int _longest;

    public KoreanGlosses()
        : this(new StreamReader(typeof(KoreanGlosses).Assembly.GetManifestResourceStream("korean-glosses.tsv")
            ?? throw new InvalidOperationException("korean-glosses.tsv is not in the program.")))
    {
    }

    /// <param name="lines">As in <c>korean-glosses.tsv</c>; read to the end and closed.</param>
    internal KoreanGlosses(TextReader lines)
    {
        using var reader = lines;
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            var tab = line.IndexOf('\t', StringComparison.Ordinal);
            var english = line[(tab + 1)..];
            foreach (var stem in line[..tab].Split(' '))
            {
                _longest = Math.Max(_longest, stem.Length);
                if (stem.EndsWith('*'))
                {
                    _beginnings[stem[..^1]] = english;
                }

                _words[stem.TrimEnd('*')] = english;
            }
        }
    }

    /// <summary>English words for what is known of a query; empty where nothing is.</summary>
    public string Of(string query)
    {
        var english = new List<string>();
        string[] words = [.. SearchWords.Split(query)];
        for (var i = 0; i < words.Length; i++)
        {
            // 시간 여행 is 시간여행.
            if (i + 1 < words.Length && Find(words[i] + words[i + 1], wholeOnly: true) is { Count: > 0 } both)
            {
                english.AddRange(both);
                i++;
            }
            else
            {
                english.AddRange(Find(words[i], wholeOnly: false));
            }
        }

        return string.Join(' ', english.SelectMany(gloss => gloss.Split(' ')).Distinct());
    }

    /// <summary>What a word says: itself, itself without its particle, a beginning that it has, or the words that it is made of.</summary>
    private List<string> Find(string word, bool wholeOnly)
    {
        if (_words.TryGetValue(word, out var gloss) || _words.TryGetValue(SearchWords.WithoutParticle(word), out gloss))
        {
            return [gloss];
        }

        if (wholeOnly)
        {
            return [];
        }

        for (var length = Math.Min(word.Length, _longest); length > 0; length--)
        {
            if (_beginnings.TryGetValue(word[..length], out gloss) && (length > 1 || word.Length <= 2))
            {
                return [gloss];
            }
        }

        return Parts(SearchWords.WithoutParticle(word));
    }

    /// <summary>Two words or more that make up the whole of a compound, the longest first; none where they do not.</summary>
    private List<string> Parts(string word)
    {
        var parts = new List<string>();
        for (var start = 0; start < word.Length;)
        {
            var length = Math.Min(word.Length - start, _longest);
            while (length > 1 && !_words.ContainsKey(word.Substring(start, length)))
            {
                length--;
            }

            if (length < 2)
            {
                return [];
            }

            parts.Add(_words[word.Substring(start, length)]);
            start += length;
        }

        return parts;
    }
}
