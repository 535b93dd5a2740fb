namespace MovieSir.Inference.Numerics;

/// <summary>The places of the largest values, best first; of equal values the earlier place.</summary>
internal static class TopValues
{
    /// <summary>Of all values.</summary>
    public static int[] Select(ReadOnlySpan<float> values, int k)
    {
        var heap = new Heap(Math.Min(k, values.Length));
        for (var place = 0; place < values.Length; place++)
        {
            heap.Offer(place, values[place]);
        }

        return heap.Take();
    }

    /// <summary>Of the values at some places.</summary>
    /// <param name="values">The values.</param>
    /// <param name="places">Ascending.</param>
    /// <param name="k">How many at most.</param>
    public static int[] Select(ReadOnlySpan<float> values, ReadOnlySpan<int> places, int k)
    {
        var heap = new Heap(Math.Min(k, places.Length));
        foreach (var place in places)
        {
            heap.Offer(place, values[place]);
        }

        return heap.Take();
    }

    /// <summary>The best so far, the worst of them on top.</summary>
    private readonly struct Heap(int capacity)
    {
        private readonly PriorityQueue<int, (float Value, int NegatedPlace)> _queue = new(capacity + 1);

        public void Offer(int place, float value)
        {
            if (_queue.Count < capacity)
            {
                _queue.Enqueue(place, (value, -place));
            }
            else if (_queue.TryPeek(out _, out var worst) && value > worst.Value)
            {
                _queue.DequeueEnqueue(place, (value, -place));
            }
        }

        public int[] Take()
        {
            var places = new int[_queue.Count];
            for (var i = places.Length - 1; i >= 0; i--)
            {
                places[i] = _queue.Dequeue();
            }

            return places;
        }
    }
}
