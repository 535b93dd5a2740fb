using Microsoft.ML.Tokenizers;

namespace MovieSir.Inference.Encoding.Tokenizers;

/// <summary>BERT's WordPiece, as MiniLM and mpnet-style models use it.</summary>
internal sealed class WordPieceTokenizerAdapter : ITokenizer
{
    private readonly BertTokenizer _tokenizer;

    /// <param name="vocabulary">UTF-8, one piece a line, the id being the line's place.</param>
    /// <param name="lowerCase">Whether the vocabulary is of lower-case words without accents.</param>
    public WordPieceTokenizerAdapter(byte[] vocabulary, bool lowerCase)
    {
        using var stream = new MemoryStream(vocabulary);
        _tokenizer = BertTokenizer.Create(stream, new BertOptions
        {
            LowerCaseBeforeTokenization = lowerCase,
            RemoveNonSpacingMarks = lowerCase,
        });
    }

    public int[]? Encode(string text, int maxTokens)
    {
        var tokens = _tokenizer.EncodeToTokens(text, out var normalized);
        var read = (normalized ?? text).AsSpan();
        int letters = 0, known = 0;
        foreach (var token in tokens)
        {
            // By letters, not by tokens: a word is one token where it is unknown, and several where it is known.
            var count = Letters.CountIn(read[token.Offset]);
            letters += count;
            known += token.Id == _tokenizer.UnknownTokenId ? 0 : count;
        }

        return letters == 0 || known * 2 < letters
            ? null
            : [_tokenizer.ClassificationTokenId, .. tokens.Take(maxTokens - 2).Select(token => token.Id), _tokenizer.SeparatorTokenId];
    }
}
