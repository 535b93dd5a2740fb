using System.Numerics.Tensors;
using MovieSir.Inference.Catalog;
using MovieSir.Inference.Models;
using MovieSir.Inference.Numerics;

namespace MovieSir.Inference.Engine.Ranking;

/// <summary>Reads the signals of candidates (<see cref="Signal"/>), each as z-scores over them.</summary>
internal static class SignalReader
{
    /// <summary>Fills the scratch's table with the signals of candidates for its profile.</summary>
    public static void Read(CatalogSnapshot snapshot, ReadOnlySpan<Row> rows, ScoringScratch scratch)
    {
        var signals = scratch.Signals;
        signals.Resize(rows.Length);
        ReadEmbedding(snapshot, rows, scratch);
        ReadFactors(snapshot, rows, scratch);
        ReadDislikes(snapshot, rows, scratch);
        ReadSequence(snapshot, rows, scratch);
        ReadGenres(snapshot, rows, scratch);
        ReadColumn(snapshot.Quality, rows, signals[Signal.Quality]);
        ReadColumn(snapshot.Popularity, rows, signals[Signal.Popularity]);
        ReadColumn(snapshot.ReleaseYears, rows, signals[Signal.Year]);
    }

    private static void ReadEmbedding(CatalogSnapshot snapshot, ReadOnlySpan<Row> rows, ScoringScratch scratch)
    {
        var column = scratch.Signals[Signal.Embedding];
        var profile = scratch.Profile.WithEmbedding;
        if (profile.IsEmpty || snapshot.Embeddings is not { } embeddings)
        {
            column.Clear();
            return;
        }

        var known = scratch.Known;
        known.Select(rows, embeddings.Present);
        embeddings.Similarity.TopMean(Row.Numbers(known.Rows), Row.Numbers(profile), snapshot.Scoring.SimilarMovies, known.Values);
        Standard.Standardize(known.Values);
        known.Scatter(column);
    }

    private static void ReadFactors(CatalogSnapshot snapshot, ReadOnlySpan<Row> rows, ScoringScratch scratch)
    {
        var column = scratch.Signals[Signal.Factors];
        var profile = scratch.Profile.WithFactors;
        if (profile.IsEmpty || snapshot.Model is not { } model)
        {
            column.Clear();
            return;
        }

        scratch.Folded.Solve(model, profile);
        var known = scratch.Known;
        known.Select(rows, model.Present);
        QuantizedScores.Read(model.Quantized, model.Factors, Row.Numbers(known.Rows), scratch.Folded.User, known.Values);
        Standard.Standardize(known.Values);

        var options = snapshot.Scoring;
        TensorPrimitives.Multiply(scratch.Signals[Signal.Embedding], options.ColdEmbeddingShare, column);
        TensorPrimitives.Add(column, options.ColdShift, column);
        var knownRows = known.Rows;
        var positions = known.Positions;
        var values = known.Values;
        for (var k = 0; k < knownRows.Length; k++)
        {
            var ratings = snapshot.RatingCounts[knownRows[k].Index];
            // No counts beside a model: its ratings are no longer in the database, and it is believed as it is.
            var confidence = ratings == 0 ? 1f : ratings / (ratings + options.ConfidentRatings);
            ref var signal = ref column[positions[k].Index];
            signal += confidence * (values[k] - signal);
        }
    }

    private static void ReadDislikes(CatalogSnapshot snapshot, ReadOnlySpan<Row> rows, ScoringScratch scratch)
    {
        var column = scratch.Signals.Dislike;
        var disliked = scratch.Profile.Disliked;
        if (disliked.IsEmpty || snapshot.Embeddings is not { } embeddings)
        {
            column.Clear();
            return;
        }

        var known = scratch.Known;
        known.Select(rows, embeddings.Present);
        embeddings.Similarity.TopMean(Row.Numbers(known.Rows), Row.Numbers(disliked), 1, known.Values);
        Standard.Standardize(known.Values);
        // What is less like them than the average is not therefore better.
        TensorPrimitives.Max(known.Values, 0f, known.Values);
        known.Scatter(column);
    }

    private static void ReadSequence(CatalogSnapshot snapshot, ReadOnlySpan<Row> rows, ScoringScratch scratch)
    {
        var column = scratch.Signals[Signal.Sequence];
        var profile = scratch.Profile.Movies;
        if (profile.IsEmpty || snapshot.Successors is not { } successors)
        {
            column.Clear();
            return;
        }

        var sums = scratch.Sequence.Begin(snapshot.Count);
        Span<float> weights = stackalloc float[profile.Length];
        FoldIn.RecencyWeights(weights, successors.RecencyExponent);
        for (var k = 0; k < profile.Length; k++)
        {
            successors.Add(profile[k].Index, weights[k], sums);
        }

        foreach (var row in scratch.Profile.Disliked)
        {
            successors.Add(row.Index, -snapshot.Scoring.DislikedSequenceWeight, sums);
        }

        ReadColumn(sums, rows, column);
    }

    private static void ReadGenres(CatalogSnapshot snapshot, ReadOnlySpan<Row> rows, ScoringScratch scratch)
    {
        var column = scratch.Signals[Signal.Genres];
        if (scratch.Profile.Recent.IsEmpty)
        {
            column.Clear();
            return;
        }

        scratch.Genres.Read(snapshot, scratch.Profile.Recent, rows, column);
        Standard.Standardize(column);
    }

    private static void ReadColumn(ReadOnlySpan<float> valueOf, ReadOnlySpan<Row> rows, Span<float> column)
    {
        for (var i = 0; i < rows.Length; i++)
        {
            column[i] = valueOf[rows[i].Index];
        }

        Standard.Standardize(column);
    }
}
