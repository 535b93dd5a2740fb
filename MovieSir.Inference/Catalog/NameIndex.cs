using System.Collections.Frozen;
using MovieSir.Data.Names;

namespace MovieSir.Inference.Catalog;

/// <summary>One genre or streaming service of a snapshot.</summary>
internal sealed record NamedEntry(int Id, string NameEn, string? NameKo)
{
    public string DisplayName => NameKo ?? NameEn;
}

/// <summary>
/// Finds genres or streaming services by name: English or Korean, any case, with or without spaces and punctuation, or by a usual other name. One
/// name can mean several entries, because TMDB keeps more than one id for some services.
/// </summary>
internal sealed class NameIndex
{
    private readonly FrozenDictionary<string, int[]> _ordinals;

    public NameIndex(IReadOnlyList<NamedEntry> entries, string[][] aliases)
    {
        Entries = entries;
        var names = new Dictionary<string, List<int>>();
        for (var ordinal = 0; ordinal < entries.Count; ordinal++)
        {
            Add(names, entries[ordinal].NameEn, ordinal);
            if (entries[ordinal].NameKo is { } korean)
            {
                Add(names, korean, ordinal);
            }
        }

        foreach (var group in aliases)
        {
            var known = group.SelectMany(name => names.GetValueOrDefault(Normalize(name)) ?? []).Distinct().ToList();
            foreach (var name in group)
            {
                foreach (var ordinal in known)
                {
                    Add(names, name, ordinal);
                }
            }
        }

        _ordinals = names.ToFrozenDictionary(entry => entry.Key, entry => entry.Value.ToArray());
    }

    /// <summary>By ordinal, the position that masks and sets use.</summary>
    public IReadOnlyList<NamedEntry> Entries { get; }

    /// <returns>Ordinals of what the name means; empty where the catalog does not know it.</returns>
    public ReadOnlySpan<int> Find(string name) => _ordinals.GetValueOrDefault(Normalize(name));

    private static void Add(Dictionary<string, List<int>> names, string name, int ordinal)
    {
        var key = Normalize(name);
        if (key.Length == 0)
        {
            return;
        }

        if (!names.TryGetValue(key, out var ordinals))
        {
            names.Add(key, ordinals = []);
        }

        if (!ordinals.Contains(ordinal))
        {
            ordinals.Add(ordinal);
        }
    }

    // A plus sign is kept: it tells Disney+ from Disney.
    private static string Normalize(string name) =>
        string.Concat(FoldedText.Of(name).Where(c => char.IsLetterOrDigit(c) || c == '+').Select(char.ToLowerInvariant));
}
