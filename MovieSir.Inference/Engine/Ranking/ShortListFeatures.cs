using System.Numerics.Tensors;
using MovieSir.Inference.Catalog;
using MovieSir.Inference.Models;
using MovieSir.Inference.Numerics;

namespace MovieSir.Inference.Engine.Ranking;

/// <summary>
/// What the forest knows of each movie at the head of a ranking: its signals, and how it stands to the profile. This costs too much for the whole
/// catalog, and little for a few hundred movies.
/// </summary>
internal static class ShortListFeatures
{
    /// <summary>Movies of the profile whose successors are summed apart, the newest.</summary>
    private const int NewestMovies = 5;

    /// <summary>Writes the features of a short list, in the order of <see cref="ForestFeatures.Names"/>.</summary>
    /// <param name="snapshot">Whose rows.</param>
    /// <param name="movies">The short list, best first.</param>
    /// <param name="scratch">As <see cref="Scorer.ScoreAll"/> left it, with a profile that is not empty.</param>
    public static void Write(CatalogSnapshot snapshot, ReadOnlySpan<Row> movies, ScoringScratch scratch)
    {
        scratch.ShortList.Resize(movies.Length);
        var writer = new Columns(scratch.ShortList);
        // All movies were scored: a signal stands at its movie's row.
        for (var signal = (Signal)0; (int)signal < Signals.Count; signal++)
        {
            Gather(scratch.Signals[signal], movies, writer.Next());
        }

        Gather(scratch.Signals.Sums, movies, writer.Next());
        var rank = writer.Next();
        for (var i = 0; i < movies.Length; i++)
        {
            rank[i] = i;
        }

        WriteSequences(snapshot, movies, scratch, ref writer);
        WriteEmbeddings(snapshot, movies, scratch.Profile.WithEmbedding, ref writer);
        WriteFacts(snapshot, movies, scratch.Profile.Recent, ref writer);
    }

    private static void WriteSequences(CatalogSnapshot snapshot, ReadOnlySpan<Row> movies, ScoringScratch scratch, ref Columns writer)
    {
        var newest = writer.Next();
        var few = writer.Next();
        var maximum = writer.Next();
        if (snapshot.Successors is not { } successors)
        {
            return;
        }

        var profile = scratch.Profile.Movies;
        var sums = scratch.Sequence.Begin(snapshot.Count);
        successors.Add(profile[^1].Index, 1f, sums);
        Gather(sums, movies, newest);
        foreach (var row in profile[Math.Max(0, profile.Length - NewestMovies)..^1])
        {
            successors.Add(row.Index, 1f, sums);
        }

        Gather(sums, movies, few);
        sums = scratch.Sequence.Begin(snapshot.Count);
        foreach (var row in scratch.Profile.Recent)
        {
            successors.Raise(row.Index, sums);
        }

        Gather(sums, movies, maximum);
    }

    private static void WriteEmbeddings(CatalogSnapshot snapshot, ReadOnlySpan<Row> movies, ReadOnlySpan<Row> profile, ref Columns writer)
    {
        var maximum = writer.Next();
        var mean = writer.Next();
        if (profile.IsEmpty || snapshot.Embeddings is not { } embeddings)
        {
            return;
        }

        Span<float> weights = stackalloc float[profile.Length];
        FoldIn.RecencyWeights(weights, snapshot.Scoring.RecencyExponent);
        var total = TensorPrimitives.Sum<float>(weights);
        Span<float> cosines = stackalloc float[profile.Length];
        for (var i = 0; i < movies.Length; i++)
        {
            // A movie without an embedding has zeros, and is like nothing.
            SimilarityKernel.Dot(embeddings.Vectors, Row.Numbers(profile), embeddings.Vectors.Row(movies[i].Index), cosines);
            maximum[i] = TensorPrimitives.Max<float>(cosines);
            mean[i] = TensorPrimitives.Dot<float>(cosines, weights) / total;
        }
    }

    private static void WriteFacts(CatalogSnapshot snapshot, ReadOnlySpan<Row> movies, ReadOnlySpan<Row> profile, ref Columns writer)
    {
        var facts = ProfileFacts.Of(snapshot, profile);
        var released = writer.Next();
        var fromProfile = writer.Next();
        var fromNearest = writer.Next();
        var fromLatest = writer.Next();
        var ratings = writer.Next();
        var overProfile = writer.Next();
        var minutes = writer.Next();
        for (var i = 0; i < movies.Length; i++)
        {
            var row = movies[i].Index;
            released[i] = snapshot.ReleaseYears[row];
            fromProfile[i] = released[i] - facts.Year;
            var nearest = float.PositiveInfinity;
            foreach (var other in profile)
            {
                nearest = Math.Min(nearest, Math.Abs(released[i] - snapshot.ReleaseYears[other.Index]));
            }

            fromNearest[i] = nearest;
            fromLatest[i] = released[i] - facts.LatestYear;
            ratings[i] = MathF.Log(1f + snapshot.RatingCounts[row]);
            overProfile[i] = snapshot.Popularity[row] - facts.Popularity;
            minutes[i] = snapshot.RuntimeMinutes[row];
        }

        writer.Next().Fill(facts.Year);
        writer.Next().Fill(facts.YearDeviation);
        writer.Next().Fill(facts.LatestYear);
        writer.Next().Fill(facts.Popularity);
        writer.Next().Fill(profile.Length);
    }

    private static void Gather(ReadOnlySpan<float> valueOf, ReadOnlySpan<Row> movies, Span<float> column)
    {
        for (var i = 0; i < movies.Length; i++)
        {
            column[i] = valueOf[movies[i].Index];
        }
    }

    /// <summary>Years and popularity of a profile; newer movies weigh more.</summary>
    private readonly record struct ProfileFacts(float Year, float YearDeviation, float LatestYear, float Popularity)
    {
        public static ProfileFacts Of(CatalogSnapshot snapshot, ReadOnlySpan<Row> profile)
        {
            Span<float> weights = stackalloc float[profile.Length];
            FoldIn.RecencyWeights(weights, snapshot.Scoring.RecencyExponent);
            var total = TensorPrimitives.Sum<float>(weights);
            var (year, squares, latest, popularity) = (0f, 0f, 0f, 0f);
            for (var k = 0; k < profile.Length; k++)
            {
                year += weights[k] / total * snapshot.ReleaseYears[profile[k].Index];
                latest = Math.Max(latest, snapshot.ReleaseYears[profile[k].Index]);
                popularity += weights[k] / total * snapshot.Popularity[profile[k].Index];
            }

            for (var k = 0; k < profile.Length; k++)
            {
                var distance = snapshot.ReleaseYears[profile[k].Index] - year;
                squares += weights[k] / total * distance * distance;
            }

            return new ProfileFacts(year, MathF.Sqrt(squares), latest, popularity);
        }
    }

    private struct Columns(ShortList list)
    {
        private int _next;

        /// <summary>The next column, all zero.</summary>
        public Span<float> Next()
        {
            var column = list.Column(_next++);
            column.Clear();
            return column;
        }
    }
}
