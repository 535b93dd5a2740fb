using System.Text.Json;
using Microsoft.ML.OnnxRuntime;
using MovieSir.Inference.Encoding.Onnx;
using MovieSir.Inference.Encoding.Tokenizers;

namespace MovieSir.Inference.Encoding.UseLite;

/// <summary>
/// Universal Sentence Encoder Lite for English (Cer et al., 2018), translated to ONNX. It reads a batch as a sparse matrix of token ids,
/// so that most of its work is on real tokens, not on padding.
/// </summary>
internal sealed class UseLiteModel : ISentenceModel
{
    public const string Name = "use-lite-en-0.2.0";
    public const int Dimension = 512;
    public const string OutputName = "embedding";

    // The graph drops what comes after.
    private const int MaxTokens = 128;

    // The first six entries of the vocabulary are control symbols; 0 stands for what is unknown.
    private const int ControlSymbols = 6;

    private readonly InferenceSession _session;
    private readonly ITokenizer _tokenizer;

    public UseLiteModel(InferenceSession session, ITokenizer tokenizer)
    {
        _session = session;
        _tokenizer = tokenizer;
    }

    /// <summary>Reads vocab.json: an array of [piece, log probability], the id being the place.</summary>
    public static UnigramTokenizer ReadVocabulary(ReadOnlySpan<byte> vocabularyJson)
    {
        var reader = new Utf8JsonReader(vocabularyJson);
        using var vocabulary = JsonDocument.ParseValue(ref reader);
        var pieces = vocabulary.RootElement.EnumerateArray().Select((entry, id) =>
        {
            // The file has no probability for the few pieces with a colon; the original counts them as 0.
            var logProbability = entry[1].ValueKind == JsonValueKind.Number ? entry[1].GetSingle() : 0;
            return (entry[0].GetString()!, id, logProbability);
        });
        return new UnigramTokenizer(pieces.Skip(ControlSymbols).ToArray(), unknownId: 0);
    }

    public int[]? Tokenize(string text, EncodingRole role) => _tokenizer.Encode(text, MaxTokens);

    public float[][] Run(IReadOnlyList<int[]> batch)
    {
        var tokens = batch.Sum(ids => ids.Length);
        var indices = new long[2 * tokens];
        var values = new long[tokens];
        var next = 0;
        for (var row = 0; row < batch.Count; row++)
        {
            for (var column = 0; column < batch[row].Length; column++, next++)
            {
                indices[2 * next] = row;
                indices[2 * next + 1] = column;
                values[next] = batch[row][column];
            }
        }

        using var indicesTensor = OrtValue.CreateTensorValueFromMemory(indices, [tokens, 2]);
        using var valuesTensor = OrtValue.CreateTensorValueFromMemory(values, [tokens]);
        using var run = new RunOptions();
        using var results = _session.Run(run, ["indices", "values"], [indicesTensor, valuesTensor], [OutputName]);
        return OnnxSessions.Rows(results[0]);
    }

    public void Dispose() => _session.Dispose();
}
