using System.Text.RegularExpressions;
using MovieSir.Tests.Infrastructure;

namespace MovieSir.Tests.Architecture;

/// <summary>
/// How long files, methods and lines may be. What must be longer says why where it stands, in a comment that begins with <c>long:</c>. For a file it
/// is one of the first ten lines, for a method one of its own or the line above it.
/// </summary>
public sealed partial class LengthTests
{
    private const int MaximumFileLines = 350;
    private const int MaximumMethodLines = 60;
    private const int MaximumLineLength = 150;
    private const string Reason = "// long: ";

    [Fact]
    public void No_file_is_longer_than_it_has_a_reason_for() => Report(Files()
        .Where(file => file.Lines.Length > MaximumFileLines && !HasReason(file.Lines.Take(10)))
        .Select(file => $"{file.Path}: {file.Lines.Length} lines"));

    [Fact]
    public void No_method_is_longer_than_it_has_a_reason_for() => Report(Files()
        .SelectMany(file => Methods(file.Lines)
            .Where(method => method.Lines > MaximumMethodLines && !HasReason(file.Lines.Skip(method.Start - 1).Take(method.Lines + 1)))
            .Select(method => $"{file.Path}:{method.Start + 1}: {method.Lines} lines")));

    [Fact]
    public void No_line_is_too_long_to_be_read() => Report(Files()
        .SelectMany(file => file.Lines.Select((line, index) => (Text: line, Number: index + 1))
            .Where(line => line.Text.Length > MaximumLineLength)
            .Select(line => $"{file.Path}:{line.Number}: {line.Text.Length} characters")));

    [Fact]
    public void Methods_are_measured_from_their_first_line_to_their_last()
    {
        string[] lines =
        [
            "internal sealed class Sample", "{", "    public int Value { get; }", "", "    public Sample(", "        int value)", "    {",
            "        Value = value;", "    }", "", "    private sealed class Inner", "    {", "        public void Do()", "        {", "        }",
            "    }", "}",
        ];
        Assert.Equal([(4, 5), (12, 3)], Methods(lines));
    }

    private static void Report(IEnumerable<string> found) => Assert.True(!found.Any(), string.Join(Environment.NewLine, found));

    private static bool HasReason(IEnumerable<string> lines) => lines.Any(line => line.Contains(Reason, StringComparison.Ordinal));

    private static IEnumerable<(string Path, string[] Lines)> Files() =>
        from path in TrackedFiles.All
        where path.EndsWith(".cs", StringComparison.Ordinal) && !path.Contains("/Migrations/", StringComparison.Ordinal)
        orderby path
        select (path, TrackedFiles.Read(path).TrimEnd().Split('\n'));

    /// <summary>
    /// Members with a body in braces of their own, by the indentation that the formatter holds: where each starts, and its number of lines.
    /// </summary>
    private static IEnumerable<(int Start, int Lines)> Methods(string[] lines)
    {
        for (var open = 1; open < lines.Length; open++)
        {
            var indent = lines[open].Length - 1;
            if (lines[open] != new string(' ', Math.Max(0, indent)) + "{" || indent is not (4 or 8))
            {
                continue;
            }

            var start = open - 1;
            while (start > 0 && Indent(lines[start]) > indent)
            {
                start--;
            }

            var head = string.Join(' ', lines[start..open]);
            if (head.Contains('(') && !Type().IsMatch(head) && Member().IsMatch(lines[start]))
            {
                var close = Array.FindIndex(lines, open, line => line.StartsWith(new string(' ', indent) + "}", StringComparison.Ordinal));
                yield return (start, close - start + 1);
            }
        }
    }

    private static int Indent(string line) => line.Length - line.TrimStart().Length;

    [GeneratedRegex(@"^ *(\w+ )*(class|record|struct|interface|enum) ")]
    private static partial Regex Type();

    [GeneratedRegex("^ *(public|internal|private|protected|static|async|unsafe|override) ")]
    private static partial Regex Member();
}
