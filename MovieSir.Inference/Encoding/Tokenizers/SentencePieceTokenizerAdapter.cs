using Microsoft.ML.Tokenizers;

namespace MovieSir.Inference.Encoding.Tokenizers;

/// <summary>A SentencePiece model file, with the ids that models expect of it.</summary>
internal sealed class SentencePieceTokenizerAdapter(SentencePieceTokenizer tokenizer, bool fairseqIds) : ITokenizer
{
    // fairseq puts <s>, <pad>, </s> and <unk> first, where SentencePiece has <unk>, <s> and </s>; pieces therefore move by one.
    private const int FairseqBegin = 0;
    private const int FairseqEnd = 2;
    private const int FairseqUnknown = 3;
    private const int FairseqShift = 1;

    public int[]? Encode(string text, int maxTokens)
    {
        var pieces = tokenizer.EncodeToIds(text, addBeginningOfSentence: false, addEndOfSentence: false);
        var unknown = pieces.Count(id => id == tokenizer.UnknownId);
        if (pieces.Count == 0 || unknown * 2 > pieces.Count)
        {
            return null;
        }

        return fairseqIds
            ? [FairseqBegin, .. pieces.Take(maxTokens - 2).Select(id => id == tokenizer.UnknownId ? FairseqUnknown : id + FairseqShift), FairseqEnd]
            : [.. pieces.Take(maxTokens - 1), tokenizer.EndOfSentenceId];
    }
}
