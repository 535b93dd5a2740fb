using System.Buffers;
using System.Collections.Frozen;
using MovieSir.Data.Names;

namespace MovieSir.Inference.Catalog;

/// <summary>
/// Texts as words that can be compared. English words stand without their endings and without words that say nothing. Hangul is taken apart into
/// pairs of syllables, since Korean joins particles and endings to its words; a word of one syllable stands for itself, with and without a particle.
/// </summary>
internal static class SearchWords
{
    private const int LongestWord = 40;

    private static readonly FrozenSet<string> Silent = FrozenSet.ToFrozenSet(
    [
        "a", "about", "after", "again", "all", "also", "an", "and", "any", "are", "as", "at", "be", "been", "before", "being", "but", "by",
        "can", "cannot", "could", "did", "do", "does", "during", "each", "else", "every", "everyone", "film", "films", "for", "from", "had",
        "has", "have", "he", "her", "here", "him", "his", "how", "i", "if", "in", "into", "is", "it", "its", "just", "like", "makes", "me",
        "more", "most", "movie", "movies", "my", "no", "not", "of", "off", "on", "one", "only", "or", "other", "our", "out", "over", "own",
        "s", "same", "she", "so", "some", "something", "such", "t", "than", "that", "the", "their", "them", "then", "there", "these",
        "they", "this", "those", "through", "to", "too", "under", "until", "up", "us", "very", "was", "we", "were", "what", "when", "where",
        "which", "while", "who", "whom", "whose", "why", "will", "with", "without", "would", "you", "your",
    ]);

    // What a Korean query says beside what it looks for.
    private static readonly FrozenSet<string> KoreanSilent = FrozenSet.ToFrozenSet(
    [
        "영화", "영화를", "영화가", "영화는", "작품", "좋은", "보기", "볼", "볼만한", "보고", "싶은", "싶어", "싶어요", "싶을", "때", "때는", "추천", "추천해줘", "추천해", "추천해주세요",
        "나오는", "하는", "있는", "없는", "되는", "같은", "관한", "대한", "이야기", "얘기", "그리고", "위한", "이런", "그런", "어떤", "것", "거", "뭐", "수", "속",
        "함께", "보는", "찾는", "찾아줘", "주는", "담은", "다룬", "그린", "만한",
    ]);

    private static readonly string[] Particles =
        ["에서", "에게", "으로", "까지", "부터", "처럼", "보다", "한테", "이나", "은", "는", "이", "가", "을", "를", "의", "에", "로", "와", "과", "도", "만"];

    /// <summary>Calls back with each word of a text.</summary>
    public static void Visit(string? text, Action<ReadOnlySpan<char>> visit) => Visit(text, isQuery: false, visit);

    /// <summary>The words of a query, each once.</summary>
    public static HashSet<string> OfQuery(string query)
    {
        var words = new HashSet<string>();
        Visit(query, isQuery: true, word => words.Add(word.ToString()));
        return words;
    }

    /// <summary>The words between spaces and punctuation, folded and in lower case.</summary>
    public static IEnumerable<string> Split(string text)
    {
        var folded = Folded(text);
        return WordsOf(folded).Select(word => folded[word]);
    }

    /// <summary>A Korean word without its particle; the word where it has none.</summary>
    public static string WithoutParticle(string word) =>
        Particles.FirstOrDefault(particle => word.Length > particle.Length && word.EndsWith(particle, StringComparison.Ordinal)) is { } particle
            ? word[..^particle.Length]
            : word;

    private static void Visit(string? text, bool isQuery, Action<ReadOnlySpan<char>> visit)
    {
        if (string.IsNullOrEmpty(text))
        {
            return;
        }

        Span<char> stemmed = stackalloc char[LongestWord];
        var folded = Folded(text);
        foreach (var place in WordsOf(folded))
        {
            var word = folded.AsSpan(place);
            if (IsPaired(word[0]))
            {
                VisitPairs(word, isQuery, visit);
            }
            else if (!Silent.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word))
            {
                visit(EnglishStem.Of(word[..Math.Min(word.Length, LongestWord)], stemmed));
            }
        }
    }

    private static void VisitPairs(ReadOnlySpan<char> word, bool isQuery, Action<ReadOnlySpan<char>> visit)
    {
        if (isQuery && KoreanSilent.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word))
        {
            return;
        }

        for (var i = 0; i + 1 < word.Length; i++)
        {
            visit(word.Slice(i, 2));
        }

        if (word.Length == 1)
        {
            visit(word);
        }
        else if (word.Length <= 3 && WithoutParticle(word.ToString()) is { Length: 1 } single)
        {
            visit(single);
        }
    }

    private static IEnumerable<Range> WordsOf(string folded)
    {
        for (var start = 0; start < folded.Length;)
        {
            if (!char.IsLetterOrDigit(folded[start]))
            {
                start++;
                continue;
            }

            var end = EndOfWord(folded, start);
            yield return start..end;
            start = end;
        }
    }

    /// <summary>A word ends where another script begins: 007은 is 007 and 은.</summary>
    private static int EndOfWord(string text, int start)
    {
        var end = start + 1;
        while (end < text.Length && char.IsLetterOrDigit(text[end]) && IsPaired(text[end]) == IsPaired(text[start]))
        {
            end++;
        }

        return end;
    }

    // Hangul, kana and Han: scripts whose words are not told apart by spaces alone.
    private static bool IsPaired(char letter) => letter is (>= '가' and <= '힣') or (>= '\u3041' and <= '\u30FF') or (>= '\u4E00' and <= '\u9FFF');

    private static string Folded(string text)
    {
        var folded = (System.Text.Ascii.IsValid(text) ? text : FoldedText.Of(text)).ToLowerInvariant();
        return folded.Replace("'s", "", StringComparison.Ordinal).Replace("’s", "", StringComparison.Ordinal);
    }
}

/// <summary>Takes the common endings off an English word, so that <c>robots</c> finds <c>robot</c> and <c>dreaming</c> finds <c>dream</c>.</summary>
internal static class EnglishStem
{
    private const int ShortestStem = 3;

    private static readonly SearchValues<char> Vowels = SearchValues.Create("aeiouy");

    /// <param name="word">In lower case.</param>
    /// <param name="buffer">Has room for the word.</param>
    public static ReadOnlySpan<char> Of(ReadOnlySpan<char> word, Span<char> buffer)
    {
        word.CopyTo(buffer);
        var length = WithoutPlural(buffer[..word.Length]);
        length = WithoutEnding(buffer[..length]);
        // love, loved and loving meet at lov; story and stories at stori.
        if (length > ShortestStem && buffer[length - 1] == 'e')
        {
            length--;
        }

        if (length > ShortestStem && buffer[length - 1] == 'y')
        {
            buffer[length - 1] = 'i';
        }

        return buffer[..length];
    }

    private static int WithoutPlural(Span<char> word) =>
        word.Length <= ShortestStem || !word.EndsWith("s") || word.EndsWith("ss") || word.EndsWith("us") || word.EndsWith("is") ? word.Length
        : word.EndsWith("ies") && word.Length > 4 ? word.Length - 2
        : word.EndsWith("xes") || word.EndsWith("ches") || word.EndsWith("shes") || word.EndsWith("sses") || word.EndsWith("zes") ? word.Length - 2
        : word.Length - 1;

    private static int WithoutEnding(Span<char> word)
    {
        var length = word.EndsWith("ing") ? word.Length - 3 : word.EndsWith("ed") ? word.Length - 2 : word.Length;
        if (length == word.Length || length < ShortestStem || !word[..length].ContainsAny(Vowels))
        {
            return word.Length;
        }

        // running is run, and falling is fall.
        return word[length - 1] == word[length - 2] && !"lsz".Contains(word[length - 1], StringComparison.Ordinal) ? length - 1 : length;
    }
}
