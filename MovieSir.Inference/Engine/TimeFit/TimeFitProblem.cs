namespace MovieSir.Inference.Engine.TimeFit;

/// <summary>Movies that stay in a set while the rest of the time is filled.</summary>
/// <param name="Movies">How many.</param>
/// <param name="Minutes">Of all of them.</param>
/// <param name="ScoreSum">Of all of them.</param>
internal readonly record struct LockedPart(int Movies, int Minutes, float ScoreSum);

/// <summary>One time fit, and the layout of the tables that it is solved with.</summary>
internal readonly struct TimeFitProblem
{
    /// <param name="timeMinutes">The time to fill, at least 1.</param>
    /// <param name="fillWeight">w of the objective.</param>
    /// <param name="locked">No more movies, and no more minutes, than a set of this time may have.</param>
    public TimeFitProblem(int timeMinutes, float fillWeight, LockedPart locked)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(timeMinutes, 1);
        TimeMinutes = timeMinutes;
        MaximumMovies = TimeFitSolver.MaximumMovies(timeMinutes);
        FillWeight = fillWeight;
        Locked = locked;
        MaskBytes = (timeMinutes / TimeFitSolver.Lanes) + 1;
        ArgumentOutOfRangeException.ThrowIfNegative(FreeMovies);
        ArgumentOutOfRangeException.ThrowIfNegative(FreeMinutes);
    }

    public int TimeMinutes { get; }

    public int MaximumMovies { get; }

    public float FillWeight { get; }

    public LockedPart Locked { get; }

    /// <summary>Movies that may be chosen beside those that are locked.</summary>
    public int FreeMovies => MaximumMovies - Locked.Movies;

    /// <summary>Minutes that they may take.</summary>
    public int FreeMinutes => TimeMinutes - Locked.Minutes;

    /// <summary>Bytes of the bits that say for one movie and one k at which totals it was taken.</summary>
    public int MaskBytes { get; }

    /// <summary>A row of the table, with a margin on the left that vector loads of t − m may touch.</summary>
    public int Stride => (MaskBytes + 1) * TimeFitSolver.Lanes;

    public int At(int movies, int total) => (movies * Stride) + TimeFitSolver.Lanes + total;

    public float Objective(float scoreSum, int movies, int total) => (scoreSum / movies) + (FillWeight * total / TimeMinutes);
}
