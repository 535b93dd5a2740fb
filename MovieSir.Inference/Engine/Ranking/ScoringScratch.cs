using MovieSir.Inference.Catalog;
using MovieSir.Inference.Models;
using MovieSir.Inference.Numerics;

namespace MovieSir.Inference.Engine.Ranking;

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

    public readonly int[] Profile = new int[SimilarityKernel.MaximumReferences];
    public readonly int[] Factored = new int[SimilarityKernel.MaximumReferences];
    public readonly float[] Weights = new float[SimilarityKernel.MaximumReferences];
    public readonly float[] Contributions = new float[SimilarityKernel.MaximumReferences];
    public readonly int[] Embedded = new int[SimilarityKernel.MaximumReferences];
    public readonly int[] Disliked = new int[SimilarityKernel.MaximumReferences];

    public void EnsureMovies(CatalogSnapshot snapshot)
    {
        var movies = snapshot.Count;
        if (Candidates.Length < movies)
        {
            Candidates = new int[movies];
            Rows = new int[movies];
            Positions = new int[movies];
            foreach (ref var signal in _signals.AsSpan())
            {
                signal = new float[movies];
            }

            Accumulated = new float[movies];
            Dislike = new float[movies];
            Sum = new float[movies];
            Noisy = new float[movies];
            BestNoisy = new float[movies];
            Score = new float[movies];
            Gathered = new float[movies];
            Best = new int[movies];
            Minutes = new short[movies];
        }

        Allowed = AtLeast(Allowed, RowSet.WordCount(movies));
        Union = AtLeast(Union, RowSet.WordCount(movies));
        BestOfSeries = AtLeast(BestOfSeries, snapshot.SeriesCount);
    }

    public void EnsureFoldIn(int dimension, int scratchLength)
    {
        User = AtLeast(User, dimension);
        FoldIn = AtLeast(FoldIn, scratchLength);
    }

    /// <summary>The values of one signal, aligned with the candidates.</summary>
    public Span<float> Of(Signal signal, int count) => _signals[(int)signal].AsSpan(0, count);

    /// <summary>The rows of a snapshot of so many movies: 0, 1, 2, …</summary>
    public ReadOnlySpan<int> AllRows(int movies)
    {
        if (_allRows.Length < movies)
        {
            _allRows = [.. Enumerable.Range(0, movies)];
        }

        return _allRows.AsSpan(0, movies);
    }

    public void EnsureShortList(int features, int movies)
    {
        Features = AtLeast(Features, features);
        ForestSums = AtLeast(ForestSums, movies);
        Leaf = AtLeast(Leaf, movies);
    }

    public void EnsureGenreSets(int sets) => GenreSets = AtLeast(GenreSets, sets);

    private static T[] AtLeast<T>(T[] buffer, int length) => buffer.Length >= length ? buffer : new T[length];
}
