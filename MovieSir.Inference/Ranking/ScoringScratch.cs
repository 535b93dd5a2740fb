using MovieSir.Inference.Catalogue;
using MovieSir.Inference.TimeFit;

namespace MovieSir.Inference.Ranking;

/// <summary>Buffers of one request, kept for the next: they grow to the largest request seen and hold nothing that must be cleared.</summary>
internal sealed class ScoringScratch
{
    private readonly float[][] _signals = Enumerable.Repeat<float[]>([], Signals.Count).ToArray();

    private int[] _allRows = [];

    public int[] Candidates = [];
    public int[] Rows = [];
    public int[] Positions = [];
    public float[] Dislike = [];
    public float[] Sum = [];
    public float[] Noisy = [];
    public float[] BestNoisy = [];
    public float[] Score = [];
    public float[] Gathered = [];
    public int[] Best = [];
    public short[] Minutes = [];
    public int[] BestOfSeries = [];

    /// <summary>Sums over the profile by row of the snapshot, not by candidate.</summary>
    public float[] Accumulated = [];
    public float[] GenreSets = [];

    public float[] Features = [];
    public float[] ForestSums = [];
    public int[] Leaf = [];
    public ulong[] Allowed = [];
    public ulong[] Union = [];
    public float[] User = [];
    public float[] FoldIn = [];

    public readonly TimeFitSolver TimeFit = new();
    public readonly int[] Profile = new int[SimilarityKernel.MaximumReferences];
    public readonly int[] Factored = new int[SimilarityKernel.MaximumReferences];
    public readonly float[] Weights = new float[SimilarityKernel.MaximumReferences];
    public readonly float[] Contributions = new float[SimilarityKernel.MaximumReferences];
    public readonly int[] Embedded = new int[SimilarityKernel.MaximumReferences];
    public readonly int[] Disliked = new int[SimilarityKernel.MaximumReferences];

    public void EnsureFilms(CatalogueSnapshot snapshot)
    {
        var films = snapshot.Count;
        if (Candidates.Length < films)
        {
            Candidates = new int[films];
            Rows = new int[films];
            Positions = new int[films];
            foreach (ref var signal in _signals.AsSpan())
            {
                signal = new float[films];
            }

            Accumulated = new float[films];
            Dislike = new float[films];
            Sum = new float[films];
            Noisy = new float[films];
            BestNoisy = new float[films];
            Score = new float[films];
            Gathered = new float[films];
            Best = new int[films];
            Minutes = new short[films];
        }

        Allowed = AtLeast(Allowed, FilmSet.WordCount(films));
        Union = AtLeast(Union, FilmSet.WordCount(films));
        BestOfSeries = AtLeast(BestOfSeries, snapshot.SeriesCount);
    }

    public void EnsureFoldIn(int dimension, int scratchLength)
    {
        User = AtLeast(User, dimension);
        FoldIn = AtLeast(FoldIn, scratchLength);
    }

    /// <summary>The values of one signal, aligned with the candidates.</summary>
    public Span<float> Of(Signal signal, int count) => _signals[(int)signal].AsSpan(0, count);

    /// <summary>The rows of a snapshot of so many films: 0, 1, 2, …</summary>
    public ReadOnlySpan<int> AllRows(int films)
    {
        if (_allRows.Length < films)
        {
            _allRows = [.. Enumerable.Range(0, films)];
        }

        return _allRows.AsSpan(0, films);
    }

    public void EnsureShortList(int features, int films)
    {
        Features = AtLeast(Features, features);
        ForestSums = AtLeast(ForestSums, films);
        Leaf = AtLeast(Leaf, films);
    }

    public void EnsureGenreSets(int sets) => GenreSets = AtLeast(GenreSets, sets);

    private static T[] AtLeast<T>(T[] buffer, int length) => buffer.Length >= length ? buffer : new T[length];
}
