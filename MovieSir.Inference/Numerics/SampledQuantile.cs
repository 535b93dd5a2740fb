namespace MovieSir.Inference.Numerics;

/// <summary>
/// A value that about so many of a long list exceed, at the price of sorting a few: what is needed is that it is quick and always the same.
/// </summary>
internal static class SampledQuantile
{
    private const int Sampled = 256;

    /// <param name="wanted">About how many values shall exceed it.</param>
    /// <param name="values">In any order that has nothing to do with their size.</param>
    /// <returns>−∞ where there are not several times as many values.</returns>
    public static float ExceededBy(int wanted, ReadOnlySpan<float> values)
    {
        if (values.Length < 4 * wanted)
        {
            return float.NegativeInfinity;
        }

        Span<float> sample = stackalloc float[Sampled];
        for (var i = 0; i < Sampled; i++)
        {
            sample[i] = values[(int)((long)i * values.Length / Sampled)];
        }

        sample.Sort();
        return sample[Sampled - 1 - (int)((long)wanted * Sampled / values.Length)];
    }
}
