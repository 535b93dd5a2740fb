using System.ComponentModel.DataAnnotations;

namespace MovieSir.Inference.Preparation;

/// <summary>Configuration section <c>Catalog</c>.</summary>
internal sealed class CatalogOptions
{
    public const string Section = "Catalog";

    /// <summary>
    /// Folder of the sample catalogue that a database without films of its own starts from. By default <c>data/sample</c> beside the program; a relative
    /// path is taken from there. Empty for none.
    /// </summary>
    [MaxLength(4096)]
    public string SamplePath { get; set; } = Path.Combine("data", "sample");
}
