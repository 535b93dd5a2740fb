using System.Security.Cryptography;

namespace MovieSir.AppHost.Embedded;

/// <summary>Passwords of this checkout's own servers: made once, readable by their owner alone.</summary>
internal static class Secrets
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static string GetOrCreate(string file, int characters)
    {
        if (!File.Exists(file))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            WriteForOwnerOnly(file, RandomNumberGenerator.GetHexString(characters, lowercase: true));
        }

        return File.ReadAllText(file).Trim();
    }

    /// <summary>Replaces the file as a whole: a reader sees the old or the new one.</summary>
    public static void WriteForOwnerOnly(string file, string content)
    {
        var draft = $"{file}.new";
        File.Delete(draft);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        using (var writer = new StreamWriter(draft, options))
        {
            writer.Write(content);
        }

        File.Move(draft, file, overwrite: true);
    }
}
