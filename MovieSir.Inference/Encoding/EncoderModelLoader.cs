using System.Globalization;
using Microsoft.Extensions.Options;
using Microsoft.ML.OnnxRuntime;
using MovieSir.Inference.Encoding.Transformers;
using MovieSir.Inference.Encoding.UseLite;

namespace MovieSir.Inference.Encoding;

/// <summary>Which model the configuration asks for, what is known of it before it is loaded, and how to load it.</summary>
internal sealed class EncoderModelLoader(IOptions<EncoderOptions> options, UseLiteStore store, ILogger<EncoderModelLoader> logger)
{
    private readonly EncoderOptions _options = options.Value;

    public string Name => _options.Path is null ? UseLiteModel.Name : _options.Name ?? TransformerFiles.DefaultName(_options.Path);

    public int Dimension => _options.Path is null ? UseLiteModel.Dimension : _options.Dimension!.Value;

    public bool IsMultilingual => _options.Path is not null && _options.Multilingual;

    public string Recipe => _options.Path is null
        ? UseLiteModel.Name
        : string.Create(CultureInfo.InvariantCulture,
            $"{Name} pooling={_options.Pooling} normalize={_options.Normalize} tokens={_options.MaxTokens} lower={_options.LowerCase} fairseq={_options.FairseqIds} prefix={_options.PassagePrefix}");

    /// <exception cref="EncoderUnavailableException">The model cannot be loaded; says why and what to do.</exception>
    public async Task<ISentenceModel> LoadAsync(CancellationToken cancellationToken)
    {
        var threads = _options.Threads == 0 ? Environment.ProcessorCount : _options.Threads;
        try
        {
            ISentenceModel model = _options.Path is null
                ? await store.LoadAsync(threads, cancellationToken)
                : TransformerModel.Load(TransformerFiles.Find(_options), _options, threads, logger);
            logger.LogInformation("The sentence encoder {Encoder} is ready ({Dimension} dimensions, {Threads} threads)", Name, Dimension, threads);
            return model;
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or NotSupportedException or OnnxRuntimeException)
        {
            throw new EncoderUnavailableException($"The sentence encoder {Name} cannot be loaded: {exception.Message}", exception);
        }
    }
}
