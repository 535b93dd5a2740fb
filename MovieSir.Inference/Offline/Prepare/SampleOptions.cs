using System.ComponentModel.DataAnnotations;

namespace MovieSir.Inference.Offline.Prepare;

/// <summary>Configuration section <c>Sample</c>.</summary>
internal sealed class SampleOptions
{
    public const string Section = "Sample";

    /// <summary>
    /// Folder of the sample catalog that a database without movies of its own starts from. By default <c>data/sample</c> beside the program; a
    /// relative path is taken from there. Empty for none.
    /// </summary>
    [MaxLength(4096)]
    public string Path { get; set; } = System.IO.Path.Combine("data", "sample");
}
