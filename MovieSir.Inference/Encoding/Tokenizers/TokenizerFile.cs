using System.Text.Json;
using Microsoft.ML.Tokenizers;

namespace MovieSir.Inference.Encoding.Tokenizers;

/// <summary>Reads a tokenizer in any of the forms that models are published with.</summary>
internal static class TokenizerFile
{
    /// <exception cref="EncoderUnavailableException">The file's form is not known, or it lacks what is needed.</exception>
    public static ITokenizer Read(string path, EncoderOptions options)
    {
        try
        {
            return Path.GetExtension(path).ToLowerInvariant() switch
            {
                ".model" => SentencePiece(path, options),
                ".txt" => new WordPieceTokenizerAdapter(File.ReadAllBytes(path), options.LowerCase),
                ".json" => Json(path, options),
                _ => throw new EncoderUnavailableException(
                    $"Encoder:TokenizerPath is {path}; a SentencePiece .model, a WordPiece vocab.txt or a tokenizer.json is expected."),
            };
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or ArgumentException or InvalidOperationException
            or IOException)
        {
            throw new EncoderUnavailableException($"The tokenizer {path} cannot be read: {exception.Message}", exception);
        }
    }

    private static SentencePieceTokenizerAdapter SentencePiece(string path, EncoderOptions options)
    {
        using var file = File.OpenRead(path);
        var tokenizer = SentencePieceTokenizer.Create(file, addBeginningOfSentence: false, addEndOfSentence: false);
        return new SentencePieceTokenizerAdapter(tokenizer, options.FairseqIds);
    }

    /// <summary>The two kinds of tokenizer.json that sentence encoders come with: unigram (XLM-R, e5) and WordPiece (BERT, MiniLM).</summary>
    private static ITokenizer Json(string path, EncoderOptions options)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        var model = document.RootElement.GetProperty("model");
        var kind = model.TryGetProperty("type", out var type) ? type.GetString() : null;
        switch (kind)
        {
            case "Unigram":
                var vocabulary = model.GetProperty("vocab").EnumerateArray()
                    .Select((entry, id) => (Text: entry[0].GetString()!, Id: id, LogProbability: entry[1].GetSingle())).ToArray();
                var unknown = model.GetProperty("unk_id").GetInt32();
                int[] Control(string text) => [.. vocabulary.Where(piece => piece.Text == text).Take(1).Select(piece => piece.Id)];
                var controls = document.RootElement.GetProperty("added_tokens").EnumerateArray()
                    .Select(token => token.GetProperty("id").GetInt32()).ToHashSet();
                return new UnigramTokenizer(
                    vocabulary.Where(piece => piece.Id != unknown && !controls.Contains(piece.Id)), unknown, Control("<s>"), Control("</s>"));
            case "WordPiece":
                var words = model.GetProperty("vocab").EnumerateObject().OrderBy(word => word.Value.GetInt32()).Select(word => word.Name);
                var lowerCase = document.RootElement.TryGetProperty("normalizer", out var normalizer)
                    && normalizer.ValueKind == JsonValueKind.Object
                    && normalizer.TryGetProperty("lowercase", out var lower) ? lower.GetBoolean() : options.LowerCase;
                return new WordPieceTokenizerAdapter(System.Text.Encoding.UTF8.GetBytes(string.Join('\n', words)), lowerCase);
            default:
                throw new EncoderUnavailableException(
                    $"The tokenizer {path} is of type {kind}; Unigram and WordPiece are read. "
                    + "Models built on SentencePiece also ship a .model file.");
        }
    }
}
