namespace MovieSir.Api.Console.Admin;

/// <summary>Patterns of <c>LIKE</c>.</summary>
internal static class LikePattern
{
    /// <summary>Finds a text anywhere, and takes none of its signs for a placeholder; null where there is no text.</summary>
    public static string? Containing(string? text) => string.IsNullOrWhiteSpace(text) ? null : $"%{Escape(text.Trim())}%";

    private static string Escape(string text) => text.Replace(@"\", @"\\", StringComparison.Ordinal)
        .Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal);
}
