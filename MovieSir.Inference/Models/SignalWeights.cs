namespace MovieSir.Inference.Models;

/// <summary>Weights of the signals of one ranking, by the name of the signal.</summary>
internal sealed record SignalWeights
{
    public float Sequence { get; set; }

    public float Factors { get; set; }

    public float Embedding { get; set; }

    public float Genres { get; set; }

    public float Quality { get; set; }

    /// <summary>Negative prefers the less known.</summary>
    public float Popularity { get; set; }

    /// <summary>Positive prefers the newer.</summary>
    public float Year { get; set; }

    public float this[Signal signal] => signal switch
    {
        Signal.Sequence => Sequence,
        Signal.Factors => Factors,
        Signal.Embedding => Embedding,
        Signal.Genres => Genres,
        Signal.Quality => Quality,
        Signal.Popularity => Popularity,
        Signal.Year => Year,
        _ => throw new ArgumentOutOfRangeException(nameof(signal)),
    };

    /// <param name="values">One a signal, in the order of <see cref="Signal"/>.</param>
    public static SignalWeights Of(ReadOnlySpan<double> values) => new()
    {
        Sequence = (float)values[(int)Signal.Sequence],
        Factors = (float)values[(int)Signal.Factors],
        Embedding = (float)values[(int)Signal.Embedding],
        Genres = (float)values[(int)Signal.Genres],
        Quality = (float)values[(int)Signal.Quality],
        Popularity = (float)values[(int)Signal.Popularity],
        Year = (float)values[(int)Signal.Year],
    };

    public static SignalWeights operator +(SignalWeights a, SignalWeights b)
    {
        Span<double> sums = stackalloc double[Signals.Count];
        foreach (var signal in Enum.GetValues<Signal>())
        {
            sums[(int)signal] = a[signal] + b[signal];
        }

        return Of(sums);
    }
}
