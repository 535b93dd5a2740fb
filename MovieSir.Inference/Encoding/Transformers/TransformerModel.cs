using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using MovieSir.Inference.Encoding.Onnx;
using MovieSir.Inference.Encoding.Tokenizers;

namespace MovieSir.Inference.Encoding.Transformers;

/// <summary>
/// An e5- or MiniLM-style model as exported to ONNX: token ids and an attention mask go in, a vector a token (or a text) comes out.
/// </summary>
internal sealed class TransformerModel : ISentenceModel
{
    private const string Ids = "input_ids";
    private const string Mask = "attention_mask";
    private const string Types = "token_type_ids";

    private readonly InferenceSession _session;
    private readonly ITokenizer _tokenizer;
    private readonly EncoderOptions _options;
    private readonly string _output;

    private TransformerModel(InferenceSession session, ITokenizer tokenizer, EncoderOptions options)
    {
        _session = session;
        _tokenizer = tokenizer;
        _options = options;

        var foreign = session.InputMetadata
            .Where(input => input.Key is not (Ids or Mask or Types) || input.Value.ElementDataType != TensorElementType.Int64);
        if (!session.InputMetadata.ContainsKey(Ids) || foreign.Any())
        {
            var inputs = session.InputMetadata.Select(input => $"{input.Key} ({input.Value.ElementDataType})");
            throw new EncoderUnavailableException(
                $"The model at Encoder:Path wants the inputs {string.Join(", ", inputs)}; {Ids}, {Mask} and {Types}, all Int64, can be given.");
        }

        // A vector a token has three dimensions (text, token, feature), a vector a text two.
        var rank = options.Pooling == Pooling.None ? 2 : 3;
        var outputs = session.OutputMetadata
            .Where(output => output.Value.ElementDataType == TensorElementType.Float && output.Value.Dimensions.Length == rank);
        _output = outputs.Select(output => output.Key).FirstOrDefault() ?? throw new EncoderUnavailableException(
            $"The model at Encoder:Path has no output of {rank} dimensions, which Encoder:Pooling={options.Pooling} needs; it has " +
            string.Join(", ", session.OutputMetadata.Select(output => $"{output.Key} [{string.Join(", ", output.Value.Dimensions)}]")) + ".");

        // One run shows the length of the vectors, whatever the file declares.
        Dimension = Run([[0, 0]])[0].Length;
        if (options.Dimension is { } expected && expected != Dimension)
        {
            throw new EncoderUnavailableException(
                $"Encoder:Dimension is {expected}, but the model at Encoder:Path gives vectors of {Dimension} numbers. "
                + $"Set Encoder:Dimension={Dimension}, or leave it out.");
        }
    }

    /// <exception cref="EncoderUnavailableException">The model does not fit the configuration; says where.</exception>
    public static TransformerModel Load(TransformerFiles files, EncoderOptions options, int threads, ILogger logger)
    {
        var tokenizer = TokenizerFile.Read(files.Tokenizer, options);
        var session = OnnxSessions.Open(files.Model, threads, logger);
        try
        {
            return new TransformerModel(session, tokenizer, options);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    public int Dimension { get; }

    public int[]? Tokenize(string text, EncodingRole role)
    {
        if (!_options.Multilingual && !EnglishText.IsReadable(text))
        {
            return null;
        }

        var prefix = role == EncodingRole.Query ? _options.QueryPrefix : _options.PassagePrefix;
        // Whether the text is known is judged without the prefix, which always is.
        var ids = _tokenizer.Encode(text, _options.MaxTokens);
        return ids is null || prefix.Length == 0 ? ids : _tokenizer.Encode(prefix + text, _options.MaxTokens);
    }

    public float[][] Run(IReadOnlyList<int[]> batch)
    {
        var width = batch.Max(ids => ids.Length);
        var idValues = new long[batch.Count * width];
        var maskValues = new long[batch.Count * width];
        for (var row = 0; row < batch.Count; row++)
        {
            for (var column = 0; column < batch[row].Length; column++)
            {
                idValues[row * width + column] = batch[row][column];
                maskValues[row * width + column] = 1;
            }
        }

        long[] shape = [batch.Count, width];
        using var ids = OrtValue.CreateTensorValueFromMemory(idValues, shape);
        using var mask = OrtValue.CreateTensorValueFromMemory(maskValues, shape);
        using var types = OrtValue.CreateTensorValueFromMemory(new long[batch.Count * width], shape);
        string[] names = [.. _session.InputMetadata.Keys];
        OrtValue[] values = [.. names.Select(name => name switch { Ids => ids, Mask => mask, _ => types })];
        using var run = new RunOptions();
        using var results = _session.Run(run, names, values, [_output]);
        return _options.Pooling == Pooling.None ? OnnxSessions.Rows(results[0]) : Pool(results[0], batch);
    }

    public void Dispose() => _session.Dispose();

    private float[][] Pool(OrtValue hidden, IReadOnlyList<int[]> batch)
    {
        var shape = hidden.GetTensorTypeAndShape().Shape;
        var width = checked((int)shape[1]);
        var features = checked((int)shape[2]);
        var values = hidden.GetTensorDataAsSpan<float>();
        var rows = new float[batch.Count][];
        for (var row = 0; row < rows.Length; row++)
        {
            var text = values.Slice(row * width * features, width * features);
            rows[row] = _options.Pooling == Pooling.Cls ? text[..features].ToArray() : Mean(text, batch[row].Length, features);
        }

        return rows;
    }

    private static float[] Mean(ReadOnlySpan<float> tokens, int count, int features)
    {
        var mean = new float[features];
        for (var token = 0; token < count; token++)
        {
            System.Numerics.Tensors.TensorPrimitives.Add(mean, tokens.Slice(token * features, features), mean);
        }

        System.Numerics.Tensors.TensorPrimitives.Divide(mean, count, mean);
        return mean;
    }
}
