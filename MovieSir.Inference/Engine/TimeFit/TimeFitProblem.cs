namespace MovieSir.Inference.Engine.TimeFit;

/// <summary>One time fit, and the layout of the tables that it is solved with.</summary>
internal readonly struct TimeFitProblem(int timeMinutes, int maximumMovies, float fillWeight)
{
    public int TimeMinutes { get; } = timeMinutes;

    public int MaximumMovies { get; } = maximumMovies;

    public float FillWeight { get; } = fillWeight;

    /// <summary>Bytes of the bits that say for one movie and one k at which totals it was taken.</summary>
    public int MaskBytes { get; } = (timeMinutes / TimeFitSolver.Lanes) + 1;

    /// <summary>A row of the table, with a margin on the left that vector loads of t − m may touch.</summary>
    public int Stride => (MaskBytes + 1) * TimeFitSolver.Lanes;

    public int At(int movies, int total) => (movies * Stride) + TimeFitSolver.Lanes + total;

    public float Objective(float scoreSum, int movies, int total) => (scoreSum / movies) + (FillWeight * total / TimeMinutes);
}
