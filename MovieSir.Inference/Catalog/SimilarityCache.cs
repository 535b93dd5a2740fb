using System.Buffers;
using System.Runtime.Intrinsics;
using MovieSir.Inference.Numerics;

namespace MovieSir.Inference.Catalog;

/// <summary>
/// Cosines of all movies with the movies that profiles name most: one column of 16-bit numbers a movie, made once by <see cref="QuantizedKernel"/>
/// and kept within a bound of bytes. A request reads two bytes for each pair of movies where it would read a whole embedding.
/// </summary>
/// <remarks>
/// A column is the same whenever it is made, so what is cached never changes an answer. Least recently asked columns make room (the second-chance
/// clock). Their buffers are used again, and not while a request reads them: the garbage collector never sees one.
/// </remarks>
internal sealed unsafe class SimilarityCache
{
    private const int BlockRows = 1024;
    private const int WarmedAtOnce = 16;

    private readonly QuantizedMatrix _matrix;
    private readonly int _capacity;
    private readonly Lock _lock = new();
    private readonly Dictionary<int, Column> _columns = [];
    private readonly List<Column> _clock = [];
    private readonly Stack<short[]> _free = [];
    private int _hand;

    /// <param name="matrix">Quantized embeddings.</param>
    /// <param name="bytes">What kept columns may take; at least one request's are always kept.</param>
    public SimilarityCache(QuantizedMatrix matrix, long bytes)
    {
        _matrix = matrix;
        _capacity = (int)Math.Clamp(bytes / (sizeof(short) * (long)Math.Max(1, matrix.Rows)), 1, matrix.Rows);
    }

    /// <summary>What columns are made of.</summary>
    public QuantizedMatrix Matrix => _matrix;

    /// <summary>Most columns that are kept.</summary>
    public int Capacity => _capacity;

    /// <summary>Columns that are kept.</summary>
    public int Count => _clock.Count;

    /// <summary>Columns that had to be made since the start.</summary>
    public long Misses { get; private set; }

    /// <summary>Makes the columns of movies in advance, the first as many as are kept.</summary>
    /// <param name="movies">Rows of the matrix, those that are asked for most first.</param>
    /// <param name="cancellationToken">Ends it; what is made stays.</param>
    public void Warm(ReadOnlySpan<int> movies, CancellationToken cancellationToken = default)
    {
        movies = movies[..Math.Min(movies.Length, _capacity)];
        var columns = new Column[WarmedAtOnce];
        for (var i = 0; i < movies.Length && !cancellationToken.IsCancellationRequested; i += WarmedAtOnce)
        {
            var some = movies.Slice(i, Math.Min(WarmedAtOnce, movies.Length - i));
            // Beside requests: it leaves them the other cores.
            Acquire(some, columns, threads: 1);
            Release(columns.AsSpan(0, some.Length));
        }
    }

    /// <summary>output[i] = mean of the <paramref name="top"/> largest cosines of movies[i] with the references.</summary>
    /// <param name="movies">Rows of the matrix; fastest in ascending order.</param>
    /// <param name="references">Rows of the matrix, each once.</param>
    /// <param name="top">How many of the references count; all of them where there are fewer.</param>
    /// <param name="output">One a movie.</param>
    public void TopMean(ReadOnlySpan<int> movies, ReadOnlySpan<int> references, int top, Span<float> output)
    {
        ArgumentOutOfRangeException.ThrowIfZero(references.Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(references.Length, SimilarityKernel.MaximumReferences);
        var rented = ArrayPool<Column>.Shared.Rent(references.Length);
        var columns = rented.AsSpan(0, references.Length);
        Acquire(references, columns, Environment.ProcessorCount);
        try
        {
            var means = stackalloc float[BlockRows];
            top = Math.Min(top, references.Length);
            for (var i = 0; i < movies.Length;)
            {
                var block = movies[i] / BlockRows * BlockRows;
                MeansOfBlock(columns, block, top, means);
                for (; i < movies.Length && (uint)(movies[i] - block) < BlockRows; i++)
                {
                    output[i] = means[movies[i] - block];
                }
            }
        }
        finally
        {
            Release(columns);
            ArrayPool<Column>.Shared.Return(rented, clearArray: true);
        }
    }

    // Each vector of 32 movies is pushed through a sorted list of the largest so far: top compare-exchanges a reference.
    private void MeansOfBlock(ReadOnlySpan<Column> columns, int block, int top, float* means)
    {
        var largest = stackalloc Vector512<short>[top];
        var scale = Vector512.Create(1f / (top * QuantizedKernel.One));
        var rows = Math.Min(BlockRows, _matrix.Rows - block);
        for (var row = 0; row < rows; row += Vector512<short>.Count)
        {
            for (var k = 0; k < top; k++)
            {
                largest[k] = Vector512.Create(short.MinValue);
            }

            foreach (var column in columns)
            {
                // Columns are padded to whole vectors.
                var value = Vector512.LoadUnsafe(ref column.Cosines[0], (nuint)(block + row));
                for (var k = 0; k < top; k++)
                {
                    (largest[k], value) = (Vector512.Max(largest[k], value), Vector512.Min(largest[k], value));
                }
            }

            Vector512<int> lower = default, upper = default;
            for (var k = 0; k < top; k++)
            {
                lower += Vector512.WidenLower(largest[k]);
                upper += Vector512.WidenUpper(largest[k]);
            }

            (Vector512.ConvertToSingle(lower) * scale).Store(means + row);
            (Vector512.ConvertToSingle(upper) * scale).Store(means + row + Vector512<float>.Count);
        }
    }

    private void Acquire(ReadOnlySpan<int> references, Span<Column> columns, int threads)
    {
        var missing = 0;
        var missed = stackalloc int[references.Length];
        lock (_lock)
        {
            for (var k = 0; k < references.Length; k++)
            {
                if (_columns.TryGetValue(references[k], out var column))
                {
                    column.Readers++;
                    column.IsRecent = true;
                    columns[k] = column;
                }
                else
                {
                    columns[k] = new Column(references[k], _free.TryPop(out var cosines) ? cosines : null) { Readers = 1 };
                    missed[missing++] = k;
                }
            }

            Misses += missing;
        }

        if (missing > 0)
        {
            Make(columns, new ReadOnlySpan<int>(missed, missing), threads);
        }
    }

    private void Make(Span<Column> columns, ReadOnlySpan<int> missed, int threads)
    {
        var (movies, outputs) = (new int[missed.Length], new short[missed.Length][]);
        for (var k = 0; k < missed.Length; k++)
        {
            var column = columns[missed[k]];
            // A whole vector more, so that the last one may be loaded.
            column.Cosines = column.Cosines.Length > 0 ? column.Cosines : GC.AllocateUninitializedArray<short>(_matrix.Rows + Vector512<short>.Count);
            (movies[k], outputs[k]) = (column.Movie, column.Cosines);
        }

        QuantizedKernel.Cosines(_matrix, movies, outputs, threads);
        lock (_lock)
        {
            foreach (var k in missed)
            {
                // Another request may have made it meanwhile: then this one serves its own request alone.
                if (_columns.TryAdd(columns[k].Movie, columns[k]))
                {
                    _clock.Add(columns[k]);
                    columns[k].IsKept = true;
                }
            }
        }
    }

    private void Release(ReadOnlySpan<Column> columns)
    {
        lock (_lock)
        {
            foreach (var column in columns)
            {
                column.Readers--;
                if (!column.IsKept)
                {
                    _free.Push(column.Cosines);
                }
            }

            Evict();
        }
    }

    private void Evict()
    {
        // Twice round the clock finds any column that nobody reads; where all are read, the next release goes on.
        for (var steps = 2 * _clock.Count; _clock.Count > _capacity && steps > 0; steps--)
        {
            _hand = _hand < _clock.Count ? _hand : 0;
            var column = _clock[_hand];
            if (column.Readers > 0 || column.IsRecent)
            {
                column.IsRecent = false;
                _hand++;
                continue;
            }

            _columns.Remove(column.Movie);
            // The newest takes its place, and the hand goes on: it must not be the next to leave.
            _clock[_hand++] = _clock[^1];
            _clock.RemoveAt(_clock.Count - 1);
            _free.Push(column.Cosines);
        }
    }

    private sealed class Column(int movie, short[]? cosines)
    {
        public int Movie { get; } = movie;

        public short[] Cosines { get; set; } = cosines ?? [];

        /// <summary>Requests that read it now.</summary>
        public int Readers { get; set; }

        /// <summary>Whether it was asked for since the clock's hand passed.</summary>
        public bool IsRecent { get; set; }

        /// <summary>Whether it is in the cache, or was.</summary>
        public bool IsKept { get; set; }
    }
}
