namespace MovieSir.Inference.Offline.Import.Reading;

/// <summary>Is told of a row that is left out: its line number, why, and the line.</summary>
internal delegate void RejectRow(long line, string reason, ReadOnlySpan<byte> text);

/// <summary>A CSV file with a header: finds the columns that are asked for, and hands out the rows that can be read.</summary>
internal sealed class CsvFile
{
    private readonly LineReader _lines;
    private readonly RejectRow _reject;
    private readonly int[] _columns;
    private readonly int _fieldCount;
    private readonly CsvRow _row = new();

    private CsvFile(LineReader lines, RejectRow reject, int[] columns, int fieldCount)
    {
        _lines = lines;
        _reject = reject;
        _columns = columns;
        _fieldCount = fieldCount;
    }

    /// <summary>Rows read so far, good or bad, without the header.</summary>
    public long RowsRead { get; private set; }

    public Line Line { get; private set; }

    /// <summary>Reads the header.</summary>
    /// <exception cref="ImportException">A column is missing.</exception>
    public static async Task<CsvFile> OpenAsync(
        Stream stream, string name, string[] columns, RejectRow reject, CancellationToken cancellationToken)
    {
        var lines = new LineReader(stream);
        var header = await lines.ReadTextAsync(cancellationToken)
            ?? throw new ImportException($"{name} is empty: a header with {string.Join(',', columns)} is expected.");
        var row = new CsvRow();
        var fault = header.Fault == LineFault.None ? row.Read(header.Bytes) : "it is not text";
        var found = fault is null ? Enumerable.Range(0, row.Count).Select(row.GetString).ToArray() : [];
        var positions = Array.ConvertAll(columns,
            column => Array.FindIndex(found, name => name.Trim().Equals(column, StringComparison.OrdinalIgnoreCase)));
        if (fault is not null || positions.Contains(-1))
        {
            throw new ImportException(
                $"The header of {name} does not fit: it must name the columns {string.Join(',', columns)}, and " +
                (fault is null ? $"is \"{Text.Excerpt(header.Span)}\"." : $"{fault}."));
        }

        return new CsvFile(lines, reject, positions, found.Length);
    }

    /// <summary>Moves to the next row that has as many fields as the header; the others are rejected. False at the end.</summary>
    public async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        while (await _lines.ReadTextAsync(cancellationToken) is { } line)
        {
            RowsRead++;
            Line = line;
            var fault = line.Fault switch
            {
                LineFault.TooLong => "the line is too long",
                LineFault.InvalidUtf8 => "not valid UTF-8",
                _ => _row.Read(line.Bytes),
            };
            if (fault is null && _row.Count != _fieldCount)
            {
                fault = $"{_row.Count} fields where the header has {_fieldCount}";
            }

            if (fault is null)
            {
                return true;
            }

            Reject(fault);
        }

        return false;
    }

    /// <summary>Gives the row up.</summary>
    public void Reject(string reason) => _reject(Line.Number, reason, Line.Span);

    public bool TryGetInt32(int column, out int value) => _row.TryGetInt32(_columns[column], out value);

    public bool TryGetInt64(int column, out long value) => _row.TryGetInt64(_columns[column], out value);

    public bool TryGetSingle(int column, out float value) => _row.TryGetSingle(_columns[column], out value);

    public bool IsEmpty(int column) => _row.IsEmpty(_columns[column]);

    public string GetString(int column) => _row.GetString(_columns[column]);
}
