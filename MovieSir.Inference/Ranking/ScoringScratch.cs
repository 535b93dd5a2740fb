using MovieSir.Inference.TimeFit;

namespace MovieSir.Inference.Ranking;

/// <summary>Buffers of one request, kept for the next: they grow to the largest request seen and hold nothing that must be cleared.</summary>
internal sealed class ScoringScratch
{
    public int[] Candidates = [];
    public int[] Rows = [];
    public int[] Positions = [];
    public float[] Factors = [];
    public float[] Embedding = [];
    public float[] Quality = [];
    public float[] Popularity = [];
    public float[] Dislike = [];
    public float[] Sum = [];
    public float[] Noisy = [];
    public float[] BestNoisy = [];
    public float[] Score = [];
    public float[] Gathered = [];
    public int[] Best = [];
    public short[] Minutes = [];
    public int[] BestOfSeries = [];
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

    public void EnsureFilms(int films, int words, int series)
    {
        if (Candidates.Length < films)
        {
            Candidates = new int[films];
            Rows = new int[films];
            Positions = new int[films];
            Factors = new float[films];
            Embedding = new float[films];
            Quality = new float[films];
            Popularity = new float[films];
            Dislike = new float[films];
            Sum = new float[films];
            Noisy = new float[films];
            BestNoisy = new float[films];
            Score = new float[films];
            Gathered = new float[films];
            Best = new int[films];
            Minutes = new short[films];
        }

        Allowed = AtLeast(Allowed, words);
        Union = AtLeast(Union, words);
        BestOfSeries = AtLeast(BestOfSeries, series);
    }

    public void EnsureFoldIn(int dimension, int scratchLength)
    {
        User = AtLeast(User, dimension);
        FoldIn = AtLeast(FoldIn, scratchLength);
    }

    private static T[] AtLeast<T>(T[] buffer, int length) => buffer.Length >= length ? buffer : new T[length];
}
