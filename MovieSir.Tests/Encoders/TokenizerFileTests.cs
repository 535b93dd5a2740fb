using Google.Protobuf;
using MovieSir.Inference.Encoding;
using MovieSir.Inference.Encoding.Tokenizers;

namespace MovieSir.Tests.Encoders;

/// <summary>The same words in each form that models are published with must give the ids that the models expect.</summary>
public sealed class TokenizerFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("moviesir-tokenizer-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_sentencepiece_model_gives_the_ids_of_fairseq_by_default()
    {
        // In the file: <unk> 0, <s> 1, </s> 2, ▁toy 3, ▁story 4, s 5, ▁ 6. XLM-R and e5 count <s> 0, <pad> 1, </s> 2, <unk> 3, then the pieces.
        var tokenizer = TokenizerFile.Read(WriteSentencePiece(), new EncoderOptions());
        Assert.Equal([0, 4, 5, 6, 2], tokenizer.Encode("toy storys", 100)!);
        Assert.Equal([0, 4, 7, 3, 2], tokenizer.Encode("toy 한", 100)!);
    }

    [Fact]
    public void A_sentencepiece_model_gives_its_own_ids_where_the_model_wants_them()
    {
        var tokenizer = TokenizerFile.Read(WriteSentencePiece(), new EncoderOptions { FairseqIds = false });
        Assert.Equal([3, 4, 5, 2], tokenizer.Encode("toy storys", 100)!);
    }

    [Fact]
    public void A_sentencepiece_text_is_cut_with_its_end_kept()
    {
        var tokenizer = TokenizerFile.Read(WriteSentencePiece(), new EncoderOptions());
        Assert.Equal([0, 4, 4, 2], tokenizer.Encode("toy toy toy toy toy", 4)!);
    }

    [Fact]
    public void A_unigram_tokenizer_json_gives_the_ids_in_the_file()
    {
        var path = Write("tokenizer.json", """
            {
              "added_tokens": [{"id": 0, "content": "<s>"}, {"id": 1, "content": "<pad>"}, {"id": 2, "content": "</s>"},
            {"id": 3, "content": "<unk>"}],
              "model": {"type": "Unigram", "unk_id": 3, "vocab": [["<s>", 0], ["<pad>", 0], ["</s>", 0], ["<unk>", 0],
            ["▁toy", -2.5], ["▁story", -3], ["s", -1]]}
            }
            """);
        Assert.Equal([0, 4, 5, 6, 2], TokenizerFile.Read(path, new EncoderOptions()).Encode("toy storys", 100)!);
    }

    [Fact]
    public void A_wordpiece_tokenizer_json_follows_its_own_case()
    {
        const string vocabulary = """{"[PAD]": 0, "[UNK]": 1, "[CLS]": 2, "[SEP]": 3, "[MASK]": 4, "toy": 5, "##s": 6, "Toy": 7}""";
        var uncased = Write("uncased.json",
            $$$"""{"normalizer": {"type": "BertNormalizer", "lowercase": true}, "model": {"type": "WordPiece", "vocab": {{{vocabulary}}}}}""");
        var cased = Write("cased.json",
            $$$"""{"normalizer": {"type": "BertNormalizer", "lowercase": false}, "model": {"type": "WordPiece", "vocab": {{{vocabulary}}}}}""");
        Assert.Equal([2, 5, 6, 3], TokenizerFile.Read(uncased, new EncoderOptions()).Encode("Toys", 100)!);
        Assert.Equal([2, 7, 6, 3], TokenizerFile.Read(cased, new EncoderOptions()).Encode("Toys", 100)!);
    }

    [Theory]
    [InlineData("tokenizer.json", """{"model": {"type": "BPE", "vocab": {}}}""", "BPE")]
    [InlineData("tokenizer.json", "{", "cannot be read")]
    [InlineData("tokenizer.json", "{}", "cannot be read")]
    [InlineData("tokenizer.model", "not a model", "cannot be read")]
    [InlineData("vocab.txt", "word", "cannot be read")]
    [InlineData("vocab.bin", "", "vocab.txt")]
    public void A_file_that_cannot_serve_is_refused_with_the_reason(string name, string content, string expected)
    {
        var path = Write(name, content);
        var exception = Assert.Throws<EncoderUnavailableException>(() => TokenizerFile.Read(path, new EncoderOptions()));
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }

    private string Write(string name, string content)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, content);
        return path;
    }

    /// <summary>A SentencePiece ModelProto of type unigram: field 1 is a piece (text 1, score 2, type 3), field 2 the trainer's settings.</summary>
    private string WriteSentencePiece()
    {
        const int unknown = 2, control = 3, normal = 1;
        (string Text, float Score, int Type)[] pieces =
            [("<unk>", 0, unknown), ("<s>", 0, control), ("</s>", 0, control), ("\u2581toy", -2.5f, normal), ("\u2581story", -3, normal),
                ("s", -1, normal), ("\u2581", -4, normal)];
        var path = Path.Combine(_folder, "sentencepiece.bpe.model");
        using var file = File.Create(path);
        using var output = new CodedOutputStream(file);
        foreach (var (text, score, type) in pieces)
        {
            Message(output, 1, piece =>
            {
                piece.WriteTag(1, WireFormat.WireType.LengthDelimited);
                piece.WriteString(text);
                piece.WriteTag(2, WireFormat.WireType.Fixed32);
                piece.WriteFloat(score);
                piece.WriteTag(3, WireFormat.WireType.Varint);
                piece.WriteInt32(type);
            });
        }

        Message(output, 2, trainer =>
        {
            // model_type: unigram
            trainer.WriteTag(3, WireFormat.WireType.Varint);
            trainer.WriteInt32(1);
        });
        Message(output, 3, normalizer =>
        {
            normalizer.WriteTag(1, WireFormat.WireType.LengthDelimited);
            normalizer.WriteString("identity");
        });
        return path;
    }

    private static void Message(CodedOutputStream output, int field, Action<CodedOutputStream> write)
    {
        using var buffer = new MemoryStream();
        using (var message = new CodedOutputStream(buffer, leaveOpen: true))
        {
            write(message);
        }

        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(ByteString.CopyFrom(buffer.ToArray()));
    }
}
