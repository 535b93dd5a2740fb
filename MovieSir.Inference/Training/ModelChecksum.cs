using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace MovieSir.Inference.Training;

/// <summary>The checksum of <c>model_versions</c>: SHA-256 over the factors as little-endian (int32 movie id, float32 × dimension), movie ids ascending.</summary>
internal static class ModelChecksum
{
    /// <param name="movieIds">Strictly ascending.</param>
    /// <param name="factors">Row-major, one row a movie id.</param>
    /// <param name="dimension">Columns of the factors.</param>
    /// <exception cref="ArgumentException">The ids are not strictly ascending, or the shapes do not agree.</exception>
    public static byte[] Compute(ReadOnlySpan<int> movieIds, ReadOnlySpan<float> factors, int dimension)
    {
        if (factors.Length != (long)movieIds.Length * dimension)
        {
            throw new ArgumentException($"{factors.Length} values for {movieIds.Length} films of {dimension} factors.", nameof(factors));
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var row = new byte[sizeof(int) + (dimension * sizeof(float))];
        for (var i = 0; i < movieIds.Length; i++)
        {
            if (i > 0 && movieIds[i] <= movieIds[i - 1])
            {
                throw new ArgumentException($"Movie id {movieIds[i]} after {movieIds[i - 1]}: ids must ascend.", nameof(movieIds));
            }

            BinaryPrimitives.WriteInt32LittleEndian(row, movieIds[i]);
            var values = factors.Slice(i * dimension, dimension);
            if (BitConverter.IsLittleEndian)
            {
                MemoryMarshal.AsBytes(values).CopyTo(row.AsSpan(sizeof(int)));
            }
            else
            {
                for (var k = 0; k < dimension; k++)
                {
                    BinaryPrimitives.WriteSingleLittleEndian(row.AsSpan(sizeof(int) + (k * sizeof(float))), values[k]);
                }
            }

            hash.AppendData(row);
        }

        return hash.GetHashAndReset();
    }
}
