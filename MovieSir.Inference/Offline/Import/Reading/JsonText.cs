namespace MovieSir.Inference.Offline.Import.Reading;

/// <summary>Mends what common programs write as JSON and is none.</summary>
internal static class JsonText
{
    private static ReadOnlySpan<byte> Null => "null"u8;

    /// <summary>
    /// The text with <c>null</c> for each NaN, Infinity and -Infinity outside strings, as Python writes missing numbers; null where it has none.
    /// </summary>
    public static byte[]? WithoutNaN(ReadOnlySpan<byte> json)
    {
        var mended = new List<byte>(json.Length);
        var inString = false;
        var found = false;
        for (var i = 0; i < json.Length; i++)
        {
            if (inString && json[i] == (byte)'\\' && i + 1 < json.Length)
            {
                mended.Add(json[i++]);
            }
            else if (json[i] == (byte)'"')
            {
                inString = !inString;
            }
            else if (!inString && LengthOfNaN(json[i..]) is > 0 and var length)
            {
                mended.AddRange(Null);
                found = true;
                i += length - 1;
                continue;
            }

            mended.Add(json[i]);
        }

        return found ? [.. mended] : null;
    }

    private static int LengthOfNaN(ReadOnlySpan<byte> text) =>
        text.StartsWith("NaN"u8) ? 3 : text.StartsWith("Infinity"u8) ? 8 : text.StartsWith("-Infinity"u8) ? 9 : 0;
}
