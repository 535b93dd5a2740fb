using System.ComponentModel.DataAnnotations;

namespace MovieSir.Inference.Encoding;

/// <summary>How one vector comes from the vectors of a text's tokens.</summary>
internal enum Pooling
{
    /// <summary>The mean over the text's tokens.</summary>
    Mean,

    /// <summary>The first token's vector.</summary>
    Cls,

    /// <summary>The model gives one vector a text itself.</summary>
    None,
}

/// <summary>
/// Configuration section <c>Encoder</c>. Without <see cref="Path"/> the English encoder that comes with the build is used, and what describes a model
/// here does not count; with it, any e5- or MiniLM-style ONNX model is used.
/// </summary>
internal sealed class EncoderOptions
{
    public const string Section = "Encoder";

    /// <summary>Whether movies are embedded. False: no encoder is loaded, movies have no embeddings, and search is by titles.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>An ONNX model, or a folder that holds <c>model.onnx</c> (or <c>onnx/model.onnx</c>) and its tokenizer.</summary>
    public string? Path { get; set; }

    /// <summary>Key of the stored embeddings; by default the name of <see cref="Path"/>'s folder.</summary>
    [RegularExpression("^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$", ErrorMessage = "Encoder:Name is 1-100 letters, digits, '.', '_' and '-'.")]
    public string? Name { get; set; }

    /// <summary>Length of the vectors. The model at <see cref="Path"/> says it; a number given here must be the same.</summary>
    [Range(1, 4000)]
    public int? Dimension { get; set; }

    /// <summary>
    /// The model's tokenizer: a SentencePiece <c>.model</c>, a WordPiece <c>vocab.txt</c>, or a <c>tokenizer.json</c> of either kind.
    /// By default the one that lies beside the model.
    /// </summary>
    public string? TokenizerPath { get; set; }

    /// <summary>Whether a SentencePiece model's ids are shifted as fairseq does (XLM-R and the models built on it, e5 among them).</summary>
    public bool FairseqIds { get; set; } = true;

    /// <summary>Whether a WordPiece vocabulary is of lower-case words ("uncased").</summary>
    public bool LowerCase { get; set; } = true;

    public Pooling Pooling { get; set; } = Pooling.Mean;

    /// <summary>Put before what is searched for; e5 wants "query: ".</summary>
    public string QueryPrefix { get; set; } = "";

    /// <summary>Put before a movie's text; e5 wants "passage: ".</summary>
    public string PassagePrefix { get; set; } = "";

    /// <summary>Longer texts are cut to this many tokens.</summary>
    [Range(4, 8192)]
    public int MaxTokens { get; set; } = 512;

    /// <summary>Whether vectors are scaled to length 1, which cosine similarity by dot product needs.</summary>
    public bool Normalize { get; set; } = true;

    /// <summary>Whether the model reads other languages than English. False: a text whose letters are not mostly Latin has no embedding.</summary>
    public bool Multilingual { get; set; } = true;

    /// <summary>After a failed load the next call tries again, but not before this time.</summary>
    [Range(1, 3600)]
    public int RetrySeconds { get; set; } = 30;

    /// <summary>Processor cores that a batch is computed on, 0 for all.</summary>
    [Range(0, 1024)]
    public int Threads { get; set; }

    /// <summary>Bound of a batch, padding included; a batch takes some 30-100 KB of memory a token.</summary>
    [Range(1, 65536)]
    public int MaxBatchTokens { get; set; } = 1024;
}
