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
        var ids = _tokenizer.EncodeToIds(text, maxTokens, addSpecialTokens: true, out _, out _);
        var words = ids.Count(id => id != _tokenizer.ClassificationTokenId && id != _tokenizer.SeparatorTokenId);
        var unknown = ids.Count(id => id == _tokenizer.UnknownTokenId);
        return words == 0 || unknown * 2 > words ? null : [.. ids];
    }
}
