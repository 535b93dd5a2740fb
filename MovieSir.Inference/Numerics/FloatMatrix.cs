namespace MovieSir.Inference.Numerics;

/// <summary>
/// A row-major float32 matrix on one cache-line-aligned, pinned block: vector loads never straddle lines where rows are whole lines.
/// </summary>
internal sealed class FloatMatrix
{
    private const int AlignmentBytes = 64;
    private readonly float[] _values;
    private readonly int _offset;

    public unsafe FloatMatrix(int rows, int columns)
    {
        Rows = rows;
        Columns = columns;
        var length = checked(rows * columns);
        _values = GC.AllocateArray<float>(length + (AlignmentBytes / sizeof(float)), pinned: true);
        fixed (float* start = _values)
        {
            var misaligned = (int)((nuint)start % AlignmentBytes);
            _offset = misaligned == 0 ? 0 : (AlignmentBytes - misaligned) / sizeof(float);
        }

        Memory = _values.AsMemory(_offset, length);
    }

    public int Rows { get; }

    public int Columns { get; }

    public Memory<float> Memory { get; }

    public Span<float> Row(int row) => _values.AsSpan(_offset + (row * Columns), Columns);

    public Span<float> All => _values.AsSpan(_offset, Rows * Columns);
}
