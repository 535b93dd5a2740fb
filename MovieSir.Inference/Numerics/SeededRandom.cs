namespace MovieSir.Inference.Numerics;

/// <summary>
/// SplitMix64 (Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014). Its own rather than
/// <see cref="Random"/>, whose seeded sequence is no contract, and with nothing but integer steps, additions and products,
/// so that a seed gives the same bytes on every machine and runtime.
/// </summary>
internal sealed class SeededRandom
{
    private ulong _state;

    private SeededRandom(ulong state) => _state = state;

    /// <summary>An independent stream for one purpose and one subject: what one viewer does changes nothing for another.</summary>
    public static SeededRandom For(int seed, Stream stream, int subject)
    {
        var mixed = Mix(unchecked((ulong)seed) + 0x9E3779B97F4A7C15UL);
        mixed = Mix(mixed ^ ((ulong)stream << 32) ^ unchecked((uint)subject));
        return new SeededRandom(mixed);
    }

    /// <summary>Uniform on [0, 1), in steps of 2^-53.</summary>
    public double NextUniform()
    {
        _state = unchecked(_state + 0x9E3779B97F4A7C15UL);
        return (Mix(_state) >> 11) * (1.0 / (1UL << 53));
    }

    /// <summary>Uniform on the integers from <paramref name="from"/> up to, not including, <paramref name="to"/>.</summary>
    public int NextInt(int from, int to) => from + (int)(NextUniform() * (to - from));

    /// <summary>
    /// Mean 0, variance 1, bell-shaped: the sum of twelve uniforms less six (Irwin-Hall). Exact arithmetic everywhere,
    /// unlike a logarithm, whose last bit is the platform's choice; its tails end at six.
    /// </summary>
    public double NextNormal()
    {
        var sum = -6.0;
        for (var i = 0; i < 12; i++)
        {
            sum += NextUniform();
        }

        return sum;
    }

    /// <summary>U/(1-U): median 1, and a tail so long that its mean is infinite. Callers cap it.</summary>
    public double NextLongTailed()
    {
        var u = NextUniform();
        return u / (1 - u);
    }

    /// <summary>Draws the first <paramref name="count"/> values from all, each order as likely as any other (Fisher and Yates).</summary>
    public void Shuffle<T>(Span<T> values, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var j = NextInt(i, values.Length);
            (values[i], values[j]) = (values[j], values[i]);
        }
    }

    private static ulong Mix(ulong z)
    {
        z = unchecked((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL);
        z = unchecked((z ^ (z >> 27)) * 0x94D049BB133111EBUL);
        return z ^ (z >> 31);
    }

    internal enum Stream
    {
        MovieStyle = 1,
        Viewer = 2,
        Tags = 3,
        ItemFactors = 4,
        HeldOutUsers = 5,
        Bootstrap = 6,
        ProfileOrder = 7,
        Forest = 8,
        RankingCases = 9,
        ColdMovies = 10,
    }
}
