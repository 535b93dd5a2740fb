namespace MovieSir.Inference.Encoding.Transformers;

/// <summary>Where a configured model's files are.</summary>
internal sealed record TransformerFiles(string Model, string Tokenizer)
{
    // As models are published: beside model.onnx, or a folder above it where the model lies in onnx/.
    private static readonly string[] ModelNames = ["model.onnx", Path.Combine("onnx", "model.onnx")];
    private static readonly string[] TokenizerNames = ["sentencepiece.bpe.model", "spiece.model", "tokenizer.model", "tokenizer.json", "vocab.txt"];

    /// <summary>The folder's name, or the file's where it lies in none of its own.</summary>
    public static string DefaultName(string path)
    {
        if (Directory.Exists(path))
        {
            return new DirectoryInfo(path).Name;
        }

        var folder = Path.GetDirectoryName(Path.GetFullPath(path)) is { Length: > 0 } parent ? new DirectoryInfo(parent) : null;
        var isGenericFile = Path.GetFileName(path).Equals("model.onnx", StringComparison.OrdinalIgnoreCase);
        folder = isGenericFile && folder?.Name == "onnx" ? folder.Parent : folder;
        return isGenericFile && folder is not null ? folder.Name : Path.GetFileNameWithoutExtension(path);
    }

    /// <exception cref="EncoderUnavailableException">A file is missing; says which were looked for.</exception>
    public static TransformerFiles Find(EncoderOptions options)
    {
        var path = options.Path!;
        var model = Directory.Exists(path) ? FirstExisting(path, ModelNames) : path;
        if (model is null || !File.Exists(model))
        {
            throw new EncoderUnavailableException(path == BuiltInModel.Folder
                ? $"The encoder that comes with the build is not in {path}: build or publish MovieSir.Inference again, or set Encoder:Path."
                : Directory.Exists(path)
                ? $"Encoder:Path is the folder {path}, which holds neither {string.Join(" nor ", ModelNames)}."
                : $"Encoder:Path is {path}, which does not exist.");
        }

        var folder = Path.GetDirectoryName(Path.GetFullPath(model))!;
        string[] folders = Directory.Exists(path) ? [path, folder] : [folder, Path.GetDirectoryName(folder) ?? folder];
        var tokenizer = options.TokenizerPath
            ?? folders.Select(place => FirstExisting(place, TokenizerNames)).FirstOrDefault(found => found is not null);
        if (tokenizer is null || !File.Exists(tokenizer))
        {
            throw new EncoderUnavailableException(tokenizer is null
                ? $"No tokenizer lies beside {model}: set Encoder:TokenizerPath, or place one of {string.Join(", ", TokenizerNames)} there."
                : $"Encoder:TokenizerPath is {tokenizer}, which does not exist.");
        }

        return new TransformerFiles(model, tokenizer);
    }

    private static string? FirstExisting(string folder, string[] names) =>
        names.Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
}
