using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace MovieSir.Inference.Models;

/// <summary>
/// The checksum of <c>model_versions</c>: SHA-256, little-endian, over (int32 movie id, float32 × dimension) of each movie with factors, then (int32
/// movie id, int32 n, int32 × n successor ids, float32 × n weights) of each movie with successors, movie ids ascending, then the learned ranking and
/// the hyperparameters as UTF-8. A part that a model does not have adds nothing.
/// </summary>
internal sealed class ModelChecksum : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public static byte[] Compute(TrainedModel model)
    {
        using var checksum = new ModelChecksum();
        for (var row = 0; row < model.MovieIds.Length; row++)
        {
            checksum.AddFactors(model.MovieIds[row], model.Factors.AsSpan(row * model.Dimension, model.Dimension));
        }

        if (model.Successors is { } successors)
        {
            checksum.AddSuccessors(successors);
        }

        checksum.AddRanking(model.Ranking);
        checksum.AddHyperparameters(model.Hyperparameters);
        return checksum.Finish();
    }

    public void AddFactors(int movieId, ReadOnlySpan<float> factors)
    {
        Add([movieId]);
        Add(factors);
    }

    public void AddSuccessors(SuccessorLists lists)
    {
        for (var movie = 0; movie < lists.MovieIds.Length; movie++)
        {
            AddSuccessors(lists.MovieIds[movie], lists.SuccessorsOf(movie), lists.WeightsOf(movie));
        }
    }

    public void AddSuccessors(int movieId, ReadOnlySpan<int> successorIds, ReadOnlySpan<float> weights)
    {
        if (!successorIds.IsEmpty)
        {
            Add([movieId, successorIds.Length]);
            Add(successorIds);
            Add(weights);
        }
    }

    public void AddRanking(string? json) => _hash.AppendData(System.Text.Encoding.UTF8.GetBytes(json ?? ""));

    /// <summary>In their canonical form: PostgreSQL orders and spaces the JSON that it stores as it likes.</summary>
    public void AddHyperparameters(string json) => _hash.AppendData(System.Text.Encoding.UTF8.GetBytes(CanonicalJson.Of(json)));

    public byte[] Finish() => _hash.GetHashAndReset();

    public void Dispose() => _hash.Dispose();

    private void Add<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        if (BitConverter.IsLittleEndian)
        {
            _hash.AppendData(MemoryMarshal.AsBytes(values));
            return;
        }

        // Both kinds of value are 32 bits.
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        foreach (var value in MemoryMarshal.Cast<T, int>(values))
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
            _hash.AppendData(bytes);
        }
    }
}
