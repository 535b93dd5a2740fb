using System.Buffers;
using System.Runtime.InteropServices;

namespace MovieSir.Inference.Catalog;

/// <summary>
/// Finds names that differ from what was asked for by an error or two: a letter too much, one that is missing, another one, or two that changed
/// places. Names that share too few trigrams cannot be so near; the distance of the others is computed.
/// </summary>
internal sealed class SpellingIndex
{
    // An error changes at most so many trigrams: two letters that change places are in four.
    private const int TrigramsOfAnError = 4;

    private readonly Names _names;
    private readonly Dictionary<ulong, int> _numbers = [];
    private readonly int[] _starts;
    private readonly int[] _places;

    public SpellingIndex(Names names)
    {
        _names = names;
        var counts = new List<int>();
        Visit((number, _) => CollectionsMarshal.AsSpan(counts)[number]++, counts);
        _starts = new int[counts.Count + 1];
        for (var number = 0; number < counts.Count; number++)
        {
            _starts[number + 1] = _starts[number] + counts[number];
        }

        _places = new int[_starts[^1]];
        var next = _starts[..^1];
        Visit((number, place) => _places[next[number]++] = place, counts);
    }

    /// <summary>How many errors a name of so many letters may have.</summary>
    public static int ErrorsOf(int letters) => letters switch
    {
        < 4 => 0,
        < 8 => 1,
        _ => 2,
    };

    /// <summary>Rows of names that are near, the nearest first.</summary>
    public IEnumerable<Row> Near(string letters)
    {
        var most = ErrorsOf(letters.Length);
        if (most == 0)
        {
            return [];
        }

        var trigrams = Trigrams(letters).Distinct().ToArray();
        var least = trigrams.Length - (TrigramsOfAnError * most);
        var shared = ArrayPool<ushort>.Shared.Rent(_names.Count);
        try
        {
            Count(trigrams, shared.AsSpan(0, _names.Count));
            return
            [
                .. Enumerable.Range(0, _names.Count)
                    .Where(place => shared[place] >= least && Math.Abs(_names[place].Length - letters.Length) <= most)
                    .Select(place => (Place: place, Errors: EditDistance.Between(letters, _names[place])))
                    .Where(name => name.Errors <= most)
                    .OrderBy(name => name.Errors)
                    .Select(name => _names.RowAt(name.Place)),
            ];
        }
        finally
        {
            ArrayPool<ushort>.Shared.Return(shared);
        }
    }

    /// <summary>Writes how many of some trigrams each name has.</summary>
    private void Count(ulong[] trigrams, Span<ushort> shared)
    {
        shared.Clear();
        foreach (var trigram in trigrams)
        {
            if (_numbers.TryGetValue(trigram, out var number))
            {
                foreach (var place in _places.AsSpan(_starts[number].._starts[number + 1]))
                {
                    shared[place]++;
                }
            }
        }
    }

    private void Visit(Action<int, int> visit, List<int> counts)
    {
        for (var place = 0; place < _names.Count; place++)
        {
            foreach (var trigram in Trigrams(_names[place]))
            {
                if (!_numbers.TryGetValue(trigram, out var number))
                {
                    _numbers.Add(trigram, number = _numbers.Count);
                    counts.Add(0);
                }

                visit(number, place);
            }
        }
    }

    // Both ends count as letters.
    private static IEnumerable<ulong> Trigrams(string letters)
    {
        var trigram = 0UL;
        foreach (var letter in letters)
        {
            trigram = ((trigram << 16) | letter) & 0xFFFF_FFFF_FFFF;
            yield return trigram;
        }

        yield return (trigram << 16) & 0xFFFF_FFFF_FFFF;
        yield return (trigram << 32) & 0xFFFF_FFFF_FFFF;
    }
}

/// <summary>How many letters must be put in, taken out, changed, or exchanged with their neighbor to make one text of another.</summary>
internal static class EditDistance
{
    /// <summary>The optimal string alignment distance (Damerau's, in which no letter changes twice).</summary>
    public static int Between(ReadOnlySpan<char> first, ReadOnlySpan<char> second)
    {
        Span<int> before = stackalloc int[second.Length + 1];
        Span<int> last = stackalloc int[second.Length + 1];
        Span<int> now = stackalloc int[second.Length + 1];
        for (var j = 0; j <= second.Length; j++)
        {
            last[j] = j;
        }

        for (var i = 1; i <= first.Length; i++)
        {
            now[0] = i;
            for (var j = 1; j <= second.Length; j++)
            {
                now[j] = Math.Min(Math.Min(last[j], now[j - 1]) + 1, last[j - 1] + (first[i - 1] == second[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && first[i - 1] == second[j - 2] && first[i - 2] == second[j - 1])
                {
                    now[j] = Math.Min(now[j], before[j - 2] + 1);
                }
            }

            last.CopyTo(before);
            now.CopyTo(last);
        }

        return last[second.Length];
    }
}
