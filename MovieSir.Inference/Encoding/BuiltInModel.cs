namespace MovieSir.Inference.Encoding;

/// <summary>
/// The default encoder, which comes with the build (EncoderModel.targets): all-MiniLM-L6-v2 (Reimers and Gurevych, Sentence-BERT, 2019), English,
/// 384 dimensions.
/// </summary>
internal static class BuiltInModel
{
    public const string Name = "all-MiniLM-L6-v2";

    // What the model was trained with; longer texts were cut there.
    private const int MaxTokens = 256;

    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "models", Name);

    /// <summary>The options that describe this model, with what the configuration says of how to run it.</summary>
    public static EncoderOptions Options(EncoderOptions configured) => new()
    {
        Enabled = configured.Enabled,
        Path = Folder,
        Name = Name,
        MaxTokens = MaxTokens,
        Multilingual = false,
        RetrySeconds = configured.RetrySeconds,
        Threads = configured.Threads,
        MaxBatchTokens = configured.MaxBatchTokens,
    };
}
