using System.Numerics;
using MovieSir.Inference.Catalog;
using MovieSir.Inference.Models;
using MovieSir.Inference.Numerics;

namespace MovieSir.Inference.Engine.Ranking;

/// <summary>
/// The cosine of a movie's genres to the mean of the profile's, each movie's genres a vector of length 1. Movies share few sets of genres: it is
/// computed once a set.
/// </summary>
internal sealed class GenreTaste
{
    private float[] _cosines = [];

    /// <summary>Writes the cosine of each candidate's genres.</summary>
    /// <param name="snapshot">Whose rows.</param>
    /// <param name="profile">The movies that count, oldest first.</param>
    /// <param name="rows">The candidates.</param>
    /// <param name="column">Receives one number a candidate.</param>
    public void Read(CatalogSnapshot snapshot, ReadOnlySpan<Row> profile, ReadOnlySpan<Row> rows, Span<float> column)
    {
        var sets = snapshot.GenreSets;
        Buffers.Grow(ref _cosines, sets.Length);
        Span<float> taste = stackalloc float[SnapshotBuilder.MaximumGenres];
        Sum(snapshot, profile, taste);
        for (var set = 0; set < sets.Length; set++)
        {
            var sum = 0f;
            for (var genres = sets[set]; genres != 0; genres &= genres - 1)
            {
                sum += taste[BitOperations.TrailingZeroCount(genres)];
            }

            _cosines[set] = sum == 0f ? 0f : sum / MathF.Sqrt(BitOperations.PopCount(sets[set]));
        }

        for (var i = 0; i < rows.Length; i++)
        {
            column[i] = _cosines[snapshot.GenreSetOf[rows[i].Index]];
        }
    }

    private static void Sum(CatalogSnapshot snapshot, ReadOnlySpan<Row> profile, Span<float> taste)
    {
        taste.Clear();
        Span<float> weights = stackalloc float[profile.Length];
        FoldIn.RecencyWeights(weights, snapshot.Scoring.RecencyExponent);
        for (var k = 0; k < profile.Length; k++)
        {
            var genres = snapshot.GenreMasks[profile[k].Index];
            var share = weights[k] / MathF.Sqrt(BitOperations.PopCount(genres));
            for (; genres != 0; genres &= genres - 1)
            {
                taste[BitOperations.TrailingZeroCount(genres)] += share;
            }
        }
    }
}
