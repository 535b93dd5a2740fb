namespace MovieSir.Inference.Numerics;

/// <summary>Buffers that are kept between calls and grow to the largest that was needed.</summary>
internal static class Buffers
{
    /// <summary>Replaces a buffer that is too short. What it held is lost.</summary>
    public static void Grow<T>(ref T[] buffer, int length)
    {
        if (buffer.Length < length)
        {
            buffer = new T[length];
        }
    }
}
