using System.Globalization;
using Microsoft.Extensions.Options;
using Microsoft.ML.OnnxRuntime;
using MovieSir.Inference.Encoding.Transformers;

namespace MovieSir.Inference.Encoding;

/// <summary>Which model the configuration asks for, what is known of it before it is loaded, and how to load it.</summary>
internal sealed class EncoderModelLoader(IOptions<EncoderOptions> options, ILogger<EncoderModelLoader> logger)
{
    private readonly EncoderOptions _options = options.Value.Path is null ? BuiltInModel.Options(options.Value) : options.Value;

    public string Name => _options.Name ?? TransformerFiles.DefaultName(_options.Path!);

    public bool IsMultilingual => _options.Multilingual;

    public string Recipe => string.Create(CultureInfo.InvariantCulture,
        $"{Name} pooling={_options.Pooling} normalize={_options.Normalize} tokens={_options.MaxTokens} lower={_options.LowerCase} "
        + $"fairseq={_options.FairseqIds} prefix={_options.PassagePrefix}");

    /// <exception cref="EncoderUnavailableException">The model cannot be loaded; says why and what to do.</exception>
    public ISentenceModel Load()
    {
        if (!_options.Enabled)
        {
            throw new EncoderUnavailableException("The sentence encoder is switched off (Encoder:Enabled is false).");
        }

        var threads = _options.Threads == 0 ? Environment.ProcessorCount : _options.Threads;
        try
        {
            var model = TransformerModel.Load(TransformerFiles.Find(_options), _options, threads, logger);
            logger.LogInformation(
            "The sentence encoder {Encoder} is ready ({Dimension} dimensions, {Threads} threads)", Name, model.Dimension, threads);
            return model;
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or NotSupportedException or OnnxRuntimeException)
        {
            throw new EncoderUnavailableException($"The sentence encoder {Name} cannot be loaded: {exception.Message}", exception);
        }
    }
}
