using System.Buffers.Binary;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using MovieSir.Data.Sql;
using Npgsql;

namespace MovieSir.Inference.Models;

/// <summary>Receives a movie's factors; they are overwritten by the next movie's.</summary>
internal delegate void FactorsVisitor(int movieId, ReadOnlySpan<float> factors);

/// <summary>Receives a movie's successors and their weights, equally many; they are overwritten by the next movie's.</summary>
internal delegate void SuccessorsVisitor(int movieId, ReadOnlySpan<int> successorIds, ReadOnlySpan<float> weights);

/// <summary>The stored rows of one model version, in ascending movie id.</summary>
/// <remarks>
/// PostgreSQL sends an array by a function call and eight bytes an element, which is most of what loading three million successors costs.
/// pgvector sends a vector as it lies in memory, so arrays are cast to vectors before they are sent. A sound model loses nothing by that: its ids
/// lie below 2^24, which a float holds exactly.
/// </remarks>
internal sealed class ModelRowStore
{
    private const string Savepoint = "model_rows";

    private static readonly SqlStatement FactorsAsVectors = new(
        "SELECT movie_id, vector_send(factors::vector) FROM catalog.item_factors WHERE model_version_id = $1 ORDER BY movie_id", "bigint");

    private static readonly SqlStatement FactorsAsArrays = new(
        "SELECT movie_id, factors FROM catalog.item_factors WHERE model_version_id = $1 ORDER BY movie_id", "bigint");

    private static readonly SqlStatement SuccessorsAsVectors = new(
        """
        SELECT movie_id, vector_send(successor_ids::vector), vector_send(weights::vector)
        FROM catalog.item_successors WHERE model_version_id = $1 ORDER BY movie_id
        """,
        "bigint");

    private static readonly SqlStatement SuccessorsAsArrays = new(
        "SELECT movie_id, successor_ids, weights FROM catalog.item_successors WHERE model_version_id = $1 ORDER BY movie_id", "bigint");

    // Of a vector as it is sent: int16 dimension, int16 unused; then big-endian float32.
    private const int HeaderBytes = 2 * sizeof(short);

    private readonly NpgsqlConnection _connection;
    private readonly long _modelVersionId;
    private readonly int _timeoutSeconds;
    private readonly bool _asVectors;
    private readonly CancellationToken _cancellationToken;
    private byte[] _bytes = [];

    private ModelRowStore(NpgsqlConnection connection, long modelVersionId, int timeoutSeconds, bool asVectors, CancellationToken cancellationToken)
    {
        _connection = connection;
        _modelVersionId = modelVersionId;
        _timeoutSeconds = timeoutSeconds;
        _asVectors = asVectors;
        _cancellationToken = cancellationToken;
    }

    /// <summary>
    /// Reads a version as vectors. What cannot be a vector (a NaN, an empty array) and whatever is refused is read again as the arrays that are
    /// stored: they alone decide what is refused, and why.
    /// </summary>
    /// <param name="transaction">In which the rest of the version is read.</param>
    /// <param name="modelVersionId">Which.</param>
    /// <param name="timeoutSeconds">Longest that one query may take.</param>
    /// <param name="read">May be called twice.</param>
    /// <param name="cancellationToken">Ends reading.</param>
    /// <exception cref="InvalidModelException">As <paramref name="read"/> throws it.</exception>
    public static async Task<T> ReadAsync<T>(
        NpgsqlTransaction transaction,
        long modelVersionId,
        int timeoutSeconds,
        Func<ModelRowStore, Task<T>> read,
        CancellationToken cancellationToken)
    {
        var connection = transaction.Connection!;
        await transaction.SaveAsync(Savepoint, cancellationToken);
        try
        {
            return await read(new ModelRowStore(connection, modelVersionId, timeoutSeconds, asVectors: true, cancellationToken));
        }
        catch (Exception exception) when (exception is InvalidModelException || IsOfData(exception))
        {
            await transaction.RollbackAsync(Savepoint, cancellationToken);
        }

        return await read(new ModelRowStore(connection, modelVersionId, timeoutSeconds, asVectors: false, cancellationToken));
    }

    public async Task VisitFactorsAsync(FactorsVisitor visit)
    {
        await using var command = Command(FactorsAsVectors, FactorsAsArrays);
        await using var reader = await command.ExecuteReaderAsync(_cancellationToken);
        var buffer = Array.Empty<float>();
        while (await reader.ReadAsync(_cancellationToken))
        {
            var movieId = reader.GetInt32(0);
            if (_asVectors)
            {
                visit(movieId, ReadVector(reader, 1, ref buffer));
            }
            else
            {
                visit(movieId, reader.GetFieldValue<float[]>(1));
            }
        }
    }

    /// <exception cref="InvalidModelException">A movie has more successors than weights, or fewer.</exception>
    public async Task VisitSuccessorsAsync(SuccessorsVisitor visit)
    {
        await using var command = Command(SuccessorsAsVectors, SuccessorsAsArrays);
        await using var reader = await command.ExecuteReaderAsync(_cancellationToken);
        var (idBuffer, weightBuffer, ids) = (Array.Empty<float>(), Array.Empty<float>(), Array.Empty<int>());
        while (await reader.ReadAsync(_cancellationToken))
        {
            var movieId = reader.GetInt32(0);
            if (_asVectors)
            {
                var floats = ReadVector(reader, 1, ref idBuffer);
                EnsureLength(ref ids, floats.Length);
                TensorPrimitives.ConvertTruncating(floats, ids);
                Visit(movieId, ids.AsSpan(0, floats.Length), ReadVector(reader, 2, ref weightBuffer));
            }
            else
            {
                Visit(movieId, reader.GetFieldValue<int[]>(1), reader.GetFieldValue<float[]>(2));
            }
        }

        void Visit(int movieId, ReadOnlySpan<int> successorIds, ReadOnlySpan<float> weights)
        {
            if (successorIds.Length != weights.Length)
            {
                throw new InvalidModelException($"Movie {movieId} has {successorIds.Length} successors and {weights.Length} weights.");
            }

            visit(movieId, successorIds, weights);
        }
    }

    /// <summary>All successors; movies without any have no list.</summary>
    public async Task<SuccessorLists> ReadSuccessorsAsync()
    {
        var (movieIds, starts, successorIds, weights) = (new List<int>(), new List<int> { 0 }, new List<int>(), new List<float>());
        await VisitSuccessorsAsync((movieId, ids, strengths) =>
        {
            movieIds.Add(movieId);
            successorIds.AddRange(ids);
            weights.AddRange(strengths);
            starts.Add(successorIds.Count);
        });
        return new SuccessorLists([.. movieIds], [.. starts], [.. successorIds], [.. weights]);
    }

    // Of SQLSTATE: 22 data exception, 54 program limit exceeded.
    private static bool IsOfData(Exception exception) => exception is PostgresException { SqlState: ['2', '2', ..] or ['5', '4', ..] };

    private ReadOnlySpan<float> ReadVector(NpgsqlDataReader reader, int column, ref float[] values)
    {
        var bytes = (int)reader.GetBytes(column, 0, null, 0, 0);
        EnsureLength(ref _bytes, bytes);
        reader.GetBytes(column, 0, _bytes, 0, bytes);
        var sent = MemoryMarshal.Cast<byte, int>(_bytes.AsSpan(HeaderBytes, bytes - HeaderBytes));
        EnsureLength(ref values, sent.Length);
        var bits = MemoryMarshal.Cast<float, int>(values.AsSpan(0, sent.Length));
        if (BitConverter.IsLittleEndian)
        {
            BinaryPrimitives.ReverseEndianness(sent, bits);
        }
        else
        {
            sent.CopyTo(bits);
        }

        return values.AsSpan(0, sent.Length);
    }

    private static void EnsureLength<T>(ref T[] buffer, int length)
    {
        if (buffer.Length < length)
        {
            buffer = new T[length];
        }
    }

    private NpgsqlCommand Command(SqlStatement asVectors, SqlStatement asArrays) =>
        _connection.CreateCommand(_asVectors ? asVectors : asArrays, [_modelVersionId]).Within(_timeoutSeconds);
}
