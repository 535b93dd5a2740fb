using System.Text;

namespace MovieSir.Inference.Encoding.Tokenizers;

/// <summary>
/// A SentencePiece unigram tokenizer: of all ways to cut the text into pieces of the vocabulary, the one whose log probabilities sum
/// to the most (Viterbi; Kudo, "Subword Regularization", 2018).
/// </summary>
internal sealed class UnigramTokenizer : ITokenizer
{
    // SentencePiece writes a space as this mark, and puts one before the text.
    private const char SpaceMark = '\u2581';

    // How much less likely an unknown character is than the least likely piece: SentencePiece's own penalty.
    private const float UnknownPenalty = 10f;

    // A trie of the pieces: the children of all nodes in one table, and the piece that ends at each node, if any.
    private readonly Dictionary<(int Node, char Character), int> _children = [];
    private readonly List<Piece?> _pieceAt = [null];
    private readonly Piece _unknown;
    private readonly int[] _before;
    private readonly int[] _after;

    /// <param name="pieces">Pieces with their ids and log probabilities; control symbols are left out.</param>
    /// <param name="unknownId">Id of a run of characters that no piece covers.</param>
    /// <param name="before">Ids that the model wants before every text.</param>
    /// <param name="after">Ids that the model wants after every text.</param>
    public UnigramTokenizer(
        IEnumerable<(string Text, int Id, float LogProbability)> pieces, int unknownId, int[]? before = null, int[]? after = null)
    {
        var leastLikely = 0f;
        foreach (var (text, id, logProbability) in pieces)
        {
            var node = 0;
            foreach (var character in text)
            {
                if (!_children.TryGetValue((node, character), out var child))
                {
                    child = _pieceAt.Count;
                    _children.Add((node, character), child);
                    _pieceAt.Add(null);
                }

                node = child;
            }

            // Where a text is there twice, the later piece counts, as with the vocabulary's own tokenizer.
            _pieceAt[node] = new Piece(id, logProbability);
            leastLikely = Math.Min(leastLikely, logProbability);
        }

        _unknown = new Piece(unknownId, leastLikely - UnknownPenalty);
        _before = before ?? [];
        _after = after ?? [];
    }

    public int[]? Encode(string text, int maxTokens)
    {
        var marked = Normalize(text);
        var ids = BestPieces(marked, out var knownShare);
        if (knownShare < 0.5)
        {
            return null;
        }

        var room = Math.Max(0, maxTokens - _before.Length - _after.Length);
        return [.. _before, .. ids.Take(room), .. _after];
    }

    /// <summary>NFKC, runs of white space as one mark, one mark before the text.</summary>
    private static string Normalize(string text)
    {
        var builder = new StringBuilder(text.Length + 1);
        var betweenWords = true;
        foreach (var character in WithoutLoneSurrogates(text).Normalize(NormalizationForm.FormKC))
        {
            if (char.IsWhiteSpace(character))
            {
                betweenWords = true;
                continue;
            }

            if (betweenWords)
            {
                builder.Append(SpaceMark);
                betweenWords = false;
            }

            builder.Append(character);
        }

        return builder.ToString();
    }

    // Half of a surrogate pair is no text, and normalization throws at it.
    private static string WithoutLoneSurrogates(string text) =>
        text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF') ? string.Concat(text.EnumerateRunes().Select(rune => rune.ToString())) : text;

    private List<int> BestPieces(string text, out double knownShare)
    {
        // best[i]: the score of the best way to cut the first i characters, cut[i]: where its last piece starts.
        var best = new float[text.Length + 1];
        var cut = new (int Start, Piece Piece)[text.Length + 1];
        Array.Fill(best, float.NegativeInfinity, 1, text.Length);
        for (var start = 0; start < text.Length; start++)
        {
            if (float.IsNegativeInfinity(best[start]))
            {
                continue;
            }

            var characterLength = char.IsSurrogatePair(text, start) ? 2 : 1;
            var isKnownCharacter = false;
            var node = 0;
            for (var end = start; end < text.Length && _children.TryGetValue((node, text[end]), out node); end++)
            {
                if (_pieceAt[node] is { } piece)
                {
                    Offer(start, end + 1, piece);
                    isKnownCharacter |= end + 1 - start == characterLength;
                }
            }

            if (!isKnownCharacter)
            {
                Offer(start, start + characterLength, _unknown);
            }
        }

        var ids = new List<int>();
        int letters = 0, knownLetters = 0;
        for (var end = text.Length; end > 0; end = cut[end].Start)
        {
            var (start, piece) = cut[end];
            var isUnknown = piece == _unknown;
            var count = Letters.CountIn(text.AsSpan(start, end - start));
            letters += count;
            knownLetters += isUnknown ? 0 : count;
            if (!isUnknown || ids.Count == 0 || ids[^1] != _unknown.Id)
            {
                ids.Add(piece.Id);
            }
        }

        ids.Reverse();
        knownShare = letters == 0 ? 0 : (double)knownLetters / letters;
        return ids;

        void Offer(int start, int end, Piece piece)
        {
            var score = best[start] + piece.LogProbability;
            if (score >= best[end])
            {
                best[end] = score;
                cut[end] = (start, piece);
            }
        }
    }

    private readonly record struct Piece(int Id, float LogProbability);
}
