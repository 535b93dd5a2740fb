using System.Numerics;
using System.Numerics.Tensors;
using MovieSir.Inference.Catalog;
using MovieSir.Inference.Models;
using MovieSir.Inference.Numerics;

namespace MovieSir.Inference.Engine.Ranking;

/// <summary>
/// What the forest knows of each movie at the head of a ranking: its signals, and how it stands to this viewer's profile. Too dear to compute for the
/// whole catalog, cheap for a few hundred movies.
/// </summary>
internal static class ShortListFeatures
{
    /// <summary>Longest list of movies that is ordered anew.</summary>
    public const int MaximumMovies = 300;

    /// <summary>Movies of the profile whose successors are summed apart, the newest.</summary>
    private const int NewestMovies = 5;

    /// <summary>Length of a column for so many movies.</summary>
    public static int Stride(int movies) => (movies + Vector<float>.Count - 1) / Vector<float>.Count * Vector<float>.Count;

    /// <summary>Writes the features of a short list.</summary>
    /// <param name="snapshot">Whose rows.</param>
    /// <param name="viewer">Not unknown.</param>
    /// <param name="movies">Rows of the short list, best first.</param>
    /// <param name="options">Recency and the number of similar movies.</param>
    /// <param name="scratch">
    /// As <see cref="Scorer.ScoreAll"/> left it; its features become <see cref="ForestFeatures.Names"/>.Count columns of <see cref="Stride"/> values.
    /// </param>
    public static void Write(
        CatalogSnapshot snapshot, in Viewer viewer, ReadOnlySpan<int> movies, ScoringOptions options, ScoringScratch scratch)
    {
        var stride = Stride(movies.Length);
        scratch.EnsureShortList(ForestFeatures.Names.Count * stride, stride);
        var writer = new Columns(scratch.Features, stride);
        for (var signal = (Signal)0; (int)signal < Signals.Count; signal++)
        {
            Gather(scratch.Of(signal, snapshot.Count), movies, writer.Next());
        }

        Gather(scratch.Sum.AsSpan(0, snapshot.Count), movies, writer.Next());
        var rank = writer.Next();
        for (var i = 0; i < movies.Length; i++)
        {
            rank[i] = i;
        }

        WriteSequences(snapshot, viewer, movies, scratch, ref writer);
        WriteEmbeddings(snapshot, viewer, movies, options, scratch, ref writer);
        WriteFacts(snapshot, viewer, movies, options, scratch, ref writer);
    }

    private static void WriteSequences(
        CatalogSnapshot snapshot, in Viewer viewer, ReadOnlySpan<int> movies, ScoringScratch scratch, ref Columns writer)
    {
        var newest = writer.Next();
        var few = writer.Next();
        var maximum = writer.Next();
        if (snapshot.Successors is not { } successors)
        {
            return;
        }

        var sums = scratch.Accumulated.AsSpan(0, snapshot.Count);
        sums.Clear();
        successors.Add(viewer.Profile[^1], 1f, sums);
        Gather(sums, movies, newest);
        foreach (var row in viewer.Profile[Math.Max(0, viewer.Profile.Length - NewestMovies)..^1])
        {
            successors.Add(row, 1f, sums);
        }

        Gather(sums, movies, few);
        sums.Clear();
        foreach (var row in viewer.Recent)
        {
            successors.Raise(row, sums);
        }

        Gather(sums, movies, maximum);
    }

    private static void WriteEmbeddings(
        CatalogSnapshot snapshot, in Viewer viewer, ReadOnlySpan<int> movies, ScoringOptions options, ScoringScratch scratch, ref Columns writer)
    {
        var maximum = writer.Next();
        var mean = writer.Next();
        if (viewer.Embedded.IsEmpty || snapshot.Embeddings is not { } embeddings)
        {
            return;
        }

        var weights = scratch.Weights.AsSpan(0, viewer.Embedded.Length);
        FoldIn.RecencyWeights(weights, options.RecencyExponent);
        var total = TensorPrimitives.Sum<float>(weights);
        var cosines = scratch.Contributions.AsSpan(0, viewer.Embedded.Length);
        for (var i = 0; i < movies.Length; i++)
        {
            // A movie without an embedding has zeros, and is like nothing.
            SimilarityKernel.Dot(embeddings.Vectors, viewer.Embedded, embeddings.Vectors.Row(movies[i]), cosines);
            maximum[i] = TensorPrimitives.Max<float>(cosines);
            mean[i] = TensorPrimitives.Dot<float>(cosines, weights) / total;
        }
    }

    private static void WriteFacts(
        CatalogSnapshot snapshot, in Viewer viewer, ReadOnlySpan<int> movies, ScoringOptions options, ScoringScratch scratch, ref Columns writer)
    {
        var profile = viewer.Recent;
        var weights = scratch.Weights.AsSpan(0, profile.Length);
        FoldIn.RecencyWeights(weights, options.RecencyExponent);
        var total = TensorPrimitives.Sum<float>(weights);
        var (year, squares, latest, popularity) = (0f, 0f, 0f, 0f);
        for (var k = 0; k < profile.Length; k++)
        {
            year += weights[k] / total * snapshot.ReleaseYears[profile[k]];
            latest = Math.Max(latest, snapshot.ReleaseYears[profile[k]]);
            popularity += weights[k] / total * snapshot.Popularity[profile[k]];
        }

        for (var k = 0; k < profile.Length; k++)
        {
            var distance = snapshot.ReleaseYears[profile[k]] - year;
            squares += weights[k] / total * distance * distance;
        }

        var released = writer.Next();
        var fromProfile = writer.Next();
        var fromNearest = writer.Next();
        var fromLatest = writer.Next();
        var ratings = writer.Next();
        var overProfile = writer.Next();
        var minutes = writer.Next();
        for (var i = 0; i < movies.Length; i++)
        {
            var row = movies[i];
            released[i] = snapshot.ReleaseYears[row];
            fromProfile[i] = released[i] - year;
            var nearest = float.PositiveInfinity;
            foreach (var other in profile)
            {
                nearest = Math.Min(nearest, Math.Abs(released[i] - snapshot.ReleaseYears[other]));
            }

            fromNearest[i] = nearest;
            fromLatest[i] = released[i] - latest;
            ratings[i] = MathF.Log(1f + snapshot.RatingCounts[row]);
            overProfile[i] = snapshot.Popularity[row] - popularity;
            minutes[i] = snapshot.RuntimeMinutes[row];
        }

        writer.Next().Fill(year);
        writer.Next().Fill(MathF.Sqrt(squares));
        writer.Next().Fill(latest);
        writer.Next().Fill(popularity);
        writer.Next().Fill(profile.Length);
    }

    private static void Gather(ReadOnlySpan<float> values, ReadOnlySpan<int> places, Span<float> column)
    {
        for (var i = 0; i < places.Length; i++)
        {
            column[i] = values[places[i]];
        }
    }

    private struct Columns(float[] all, int stride)
    {
        private int _next;

        /// <summary>The next column, all zero.</summary>
        public Span<float> Next()
        {
            var column = all.AsSpan(stride * _next++, stride);
            column.Clear();
            return column;
        }
    }
}
