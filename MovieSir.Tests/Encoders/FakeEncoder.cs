using System.Collections.Concurrent;
using MovieSir.Inference.Encoding;

namespace MovieSir.Tests.Encoders;

/// <summary>Vectors that can be told by hand, and a record of what was asked.</summary>
internal sealed class FakeEncoder : ISentenceEncoder
{
    private int _calls;

    public string Name { get; init; } = "fake";

    public int Dimension { get; init; } = 3;

    public bool IsEnabled { get; init; } = true;

    public bool IsMultilingual { get; init; }

    public string Recipe { get; init; } = "";

    public Func<string, float[]?> Vector { get; init; } = VectorOf;

    /// <summary>Called before each call is answered, with its number from 1 on.</summary>
    public Action<int>? OnCall { get; init; }

    public ConcurrentQueue<string> Seen { get; } = [];

    public static float[] VectorOf(string text)
    {
        var angle = text.Aggregate(17u, (hash, character) => (hash * 31) + character) % 360 * MathF.PI / 180;
        return [MathF.Cos(angle), MathF.Sin(angle), 0];
    }

    public Task<int> DimensionAsync(CancellationToken cancellationToken) => Task.FromResult(Dimension);

    public Task<IReadOnlyList<float[]?>> EncodeAsync(IReadOnlyList<string> texts, EncodingRole role, CancellationToken cancellationToken)
    {
        OnCall?.Invoke(Interlocked.Increment(ref _calls));
        cancellationToken.ThrowIfCancellationRequested();
        foreach (var text in texts)
        {
            Seen.Enqueue(text);
        }

        return Task.FromResult<IReadOnlyList<float[]?>>([.. texts.Select(Vector)]);
    }
}
