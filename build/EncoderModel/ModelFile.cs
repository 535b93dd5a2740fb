namespace MovieSir.EncoderModel;

/// <summary>One file of the model: the resource that holds it, its name on disk, and its SHA-256 in lower-case hexadecimal digits.</summary>
internal sealed record ModelFile(string Resource, string Name, string Sha256)
{
    /// <summary>Reads <c>RESOURCE=NAME=SHA256</c>.</summary>
    /// <exception cref="FormatException">The text is not of that form.</exception>
    public static ModelFile Parse(string text) => text.Split('=') is [var resource, var name, { Length: 64 } sha256]
        ? new ModelFile(resource, name, sha256)
        : throw new FormatException($"'{text}' is not RESOURCE=NAME=SHA256.");
}
