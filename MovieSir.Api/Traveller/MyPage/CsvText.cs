using System.Text;

namespace MovieSir.Api.Traveller.MyPage;

/// <summary>Reads CSV as RFC 4180 has it: fields in quotes may hold commas, line ends, and quotes that are doubled.</summary>
internal static class CsvText
{
    /// <summary>The rows of a text. Empty lines are none.</summary>
    public static IEnumerable<IReadOnlyList<string>> Read(string text)
    {
        var (row, field, isQuoted) = (new List<string>(), new StringBuilder(), false);
        for (var at = text.StartsWith('\uFEFF') ? 1 : 0; at < text.Length; at++)
        {
            var letter = text[at];
            if (isQuoted)
            {
                if (letter != '"')
                {
                    field.Append(letter);
                }
                else if (at + 1 < text.Length && text[at + 1] == '"')
                {
                    field.Append('"');
                    at++;
                }
                else
                {
                    isQuoted = false;
                }
            }
            else if (letter == '"')
            {
                isQuoted = true;
            }
            else if (letter == ',')
            {
                EndField();
            }
            else if (letter == '\n')
            {
                EndField();
                if (row is not [""])
                {
                    yield return row;
                }

                row = [];
            }
            else if (letter != '\r')
            {
                field.Append(letter);
            }
        }

        EndField();
        if (row is not [""])
        {
            yield return row;
        }

        void EndField()
        {
            row.Add(field.ToString());
            field.Clear();
        }
    }
}
