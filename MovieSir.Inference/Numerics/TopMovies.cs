namespace MovieSir.Inference.Numerics;

/// <summary>The positions of the largest values, best first; of equal values the earlier position.</summary>
internal static class TopMovies
{
    public static int[] Select(ReadOnlySpan<float> values, int k)
    {
        var heap = new PriorityQueue<int, (float Value, int NegatedPosition)>(Math.Min(k, values.Length) + 1);
        for (var i = 0; i < values.Length; i++)
        {
            if (heap.Count < k)
            {
                heap.Enqueue(i, (values[i], -i));
            }
            else if (heap.TryPeek(out _, out var worst) && values[i] > worst.Value)
            {
                heap.DequeueEnqueue(i, (values[i], -i));
            }
        }

        var positions = new int[heap.Count];
        for (var place = positions.Length - 1; place >= 0; place--)
        {
            positions[place] = heap.Dequeue();
        }

        return positions;
    }
}
