using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.Intrinsics;
using Microsoft.Extensions.Options;
using MovieSir.Inference.Catalog;
using MovieSir.Inference.Models;
using MovieSir.Inference.Numerics;

namespace MovieSir.Inference.Engine.Ranking;

/// <summary>
/// Scores candidates for a viewer: a ranking is a weighted sum (<see cref="SignalWeights"/>) of signals (<see cref="Signal"/>), each a z-score over
/// the candidates, minus likeness to disliked movies.
/// </summary>
internal sealed class Scorer(IOptions<ScoringOptions> options)
{
    private readonly ScoringOptions _options = options.Value;

    public ScoringOptions Options => _options;

    /// <summary>Fills the scratch with the signals of candidates, aligned with <paramref name="rows"/>.</summary>
    public void ReadSignals(CatalogSnapshot snapshot, in Viewer viewer, ReadOnlySpan<int> rows, ScoringScratch scratch)
    {
        ReadEmbedding(snapshot, viewer, rows, scratch);
        ReadFactors(snapshot, viewer, rows, scratch);
        ReadDislikes(snapshot, viewer, rows, scratch);
        ReadSequence(snapshot, viewer, rows, scratch);
        ReadGenres(snapshot, viewer, rows, scratch);
        ReadColumn(snapshot.Quality, rows, scratch.Of(Signal.Quality, rows.Length));
        ReadColumn(snapshot.Popularity, rows, scratch.Of(Signal.Popularity, rows.Length));
        ReadColumn(snapshot.ReleaseYears, rows, scratch.Of(Signal.Year, rows.Length));
    }

    /// <summary>sum[i] = weighted sum of the signals at position i of what <see cref="ReadSignals"/> read.</summary>
    public void Combine(SignalWeights weights, int count, ScoringScratch scratch)
    {
        var sum = scratch.Sum.AsSpan(0, count);
        sum.Clear();
        for (var signal = (Signal)0; (int)signal < Signals.Count; signal++)
        {
            if (weights[signal] is not 0f and var weight)
            {
                TensorPrimitives.MultiplyAdd(scratch.Of(signal, count), weight, sum, sum);
            }
        }

        TensorPrimitives.MultiplyAdd(scratch.Dislike.AsSpan(0, count), -_options.DislikeWeight, sum, sum);
    }

    /// <summary>The weights of the published model, or the configured ones where it has learned none.</summary>
    private SignalWeights TasteWeights(CatalogSnapshot snapshot) => snapshot.Ranking?.Weights ?? _options.Taste;

    /// <summary>The weights of a track: for taste, or for discovery.</summary>
    public SignalWeights TrackWeights(CatalogSnapshot snapshot, in Viewer viewer, bool discovery) => (discovery, viewer.IsUnknown) switch
    {
        (false, false) => TasteWeights(snapshot),
        (false, true) => _options.UnknownViewer,
        (true, false) => TasteWeights(snapshot) + _options.Discovery,
        (true, true) => _options.UnknownViewerDiscovery,
    };

    /// <summary>Scores every movie of a snapshot, for taste alone: signals and sums in the scratch are then aligned with its rows.</summary>
    public void ScoreAll(CatalogSnapshot snapshot, in Viewer viewer, ScoringScratch scratch)
    {
        var rows = scratch.AllRows(snapshot.Count);
        ReadSignals(snapshot, viewer, rows, scratch);
        Combine(TrackWeights(snapshot, viewer, discovery: false), rows.Length, scratch);
    }

    /// <summary>
    /// Orders the first <see cref="ShortListFeatures.MaximumMovies"/> movies of a ranking by the learned forest, where there is one. Their sums become
    /// what the forest says, moved so that the last of them stands where it stood.
    /// </summary>
    /// <param name="snapshot">Whose rows.</param>
    /// <param name="viewer">Who.</param>
    /// <param name="best">Rows, best first.</param>
    /// <param name="scratch">As <see cref="ScoreAll"/> left it.</param>
    public void OrderHead(CatalogSnapshot snapshot, in Viewer viewer, Span<int> best, ScoringScratch scratch)
    {
        if (snapshot.Ranking?.Forest is not { } forest || viewer.IsUnknown || best.IsEmpty)
        {
            return;
        }

        var head = best[..Math.Min(best.Length, ShortListFeatures.MaximumMovies)];
        ShortListFeatures.Write(snapshot, viewer, head, _options, scratch);
        var stride = ShortListFeatures.Stride(head.Length);
        var sums = scratch.ForestSums.AsSpan(0, head.Length);
        forest.Evaluate(scratch.Features.AsSpan(0, ForestFeatures.Names.Count * stride), stride, sums, scratch.Leaf);
        for (var i = 0; i < head.Length; i++)
        {
            // Not among what the forest was trained on: the ratings that it learned from are all positive.
            sums[i] -= _options.DislikeWeight * scratch.Dislike[head[i]];
        }

        TensorPrimitives.Add(sums, scratch.Sum[head[^1]] - TensorPrimitives.Min<float>(sums), sums);
        // Of equals the one that stood before stays before.
        Span<(float NegatedSum, int Place)> order = stackalloc (float, int)[head.Length];
        for (var i = 0; i < head.Length; i++)
        {
            scratch.Sum[head[i]] = sums[i];
            order[i] = (-sums[i], i);
        }

        order.Sort(head);
    }

    /// <summary>Turns a sum of signals into z-scores over its own candidates, in place.</summary>
    public static void Standardize(Span<float> values)
    {
        if (values.IsEmpty)
        {
            return;
        }

        TensorPrimitives.Subtract(values, TensorPrimitives.Sum<float>(values) / values.Length, values);
        var deviation = MathF.Sqrt(TensorPrimitives.SumOfSquares<float>(values) / values.Length);
        // Equal up to rounding: such a signal says nothing.
        if (deviation < 1e-6f)
        {
            values.Clear();
            return;
        }

        TensorPrimitives.Divide(values, deviation, values);
    }

    /// <summary>
    /// Scores in (0, 1) from z-scores: s = 1 / (1 + √(1 + z²) − z), a sigmoid that nears 1 as 1/(2z), not exponentially. The sums of the movies that
    /// suit a viewer best lie ten and more standard deviations above the mean, and the first must still differ from the fiftieth.
    /// </summary>
    public static void ToScores(ReadOnlySpan<float> standardized, Span<float> scores)
    {
        var (one, width) = (Vector512<float>.One, Vector512<float>.Count);
        var i = 0;
        for (; i <= standardized.Length - width; i += width)
        {
            var z = Vector512.Create(standardized.Slice(i, width));
            (one / (one + (Vector512.Sqrt(one + (z * z)) - z))).CopyTo(scores[i..]);
        }

        for (; i < standardized.Length; i++)
        {
            scores[i] = 1f / (1f + (MathF.Sqrt(1f + (standardized[i] * standardized[i])) - standardized[i]));
        }
    }

    /// <summary>The row of the profile's movie that speaks most for a movie; -1 where none does. Call after <see cref="ReadSignals"/>.</summary>
    /// <remarks>
    /// With factors on both sides this is exact: the score of a folded-in viewer is a sum with one term for each movie of the profile. Otherwise it is
    /// the movie with the most similar embedding.
    /// </remarks>
    public static int Because(CatalogSnapshot snapshot, in Viewer viewer, int row, ScoringScratch scratch)
    {
        if (snapshot.Model is { } model && model.Has(row) && !viewer.Factored.IsEmpty)
        {
            var contributions = scratch.Contributions.AsSpan(0, viewer.Factored.Length);
            model.FoldIn.Contributions(row, viewer.Factored, scratch.Weights.AsSpan(0, viewer.Factored.Length), scratch.FoldIn, contributions);
            var best = TensorPrimitives.IndexOfMax<float>(contributions);
            return contributions[best] > 0f ? viewer.Factored[best] : -1;
        }

        if (snapshot.Embeddings is { } embeddings && embeddings.Has(row) && !viewer.Embedded.IsEmpty)
        {
            var cosines = scratch.Contributions.AsSpan(0, viewer.Embedded.Length);
            SimilarityKernel.Dot(embeddings.Vectors, viewer.Embedded, embeddings.Vectors.Row(row), cosines);
            return viewer.Embedded[TensorPrimitives.IndexOfMax<float>(cosines)];
        }

        return -1;
    }

    private void ReadEmbedding(CatalogSnapshot snapshot, in Viewer viewer, ReadOnlySpan<int> rows, ScoringScratch scratch)
    {
        var signal = scratch.Of(Signal.Embedding, rows.Length);
        if (viewer.Embedded.IsEmpty || snapshot.Embeddings is not { } embeddings)
        {
            signal.Clear();
            return;
        }

        var known = SelectKnown(rows, embeddings.Present, scratch);
        var values = scratch.Gathered.AsSpan(0, known);
        embeddings.Similarity.TopMean(scratch.Rows.AsSpan(0, known), viewer.Embedded, _options.SimilarMovies, values);
        Standardize(values);
        Scatter(values, scratch.Positions.AsSpan(0, known), signal);
    }

    private void ReadFactors(CatalogSnapshot snapshot, in Viewer viewer, ReadOnlySpan<int> rows, ScoringScratch scratch)
    {
        var signal = scratch.Of(Signal.Factors, rows.Length);
        if (viewer.Factored.IsEmpty || snapshot.Model is not { } model)
        {
            signal.Clear();
            return;
        }

        scratch.EnsureFoldIn(model.Dimension, model.FoldIn.ScratchLength(SimilarityKernel.MaximumReferences));
        var weights = scratch.Weights.AsSpan(0, viewer.Factored.Length);
        Models.FoldIn.RecencyWeights(weights, model.Parameters.RecencyExponent);
        var user = scratch.User.AsSpan(0, model.Dimension);
        model.FoldIn.Solve(viewer.Factored, weights, user, scratch.FoldIn);

        var known = SelectKnown(rows, model.Present, scratch);
        var values = scratch.Gathered.AsSpan(0, known);
        FactorScores.Read(model, scratch.Rows.AsSpan(0, known), user, values);
        Standardize(values);

        var embedding = scratch.Of(Signal.Embedding, rows.Length);
        TensorPrimitives.Multiply(embedding, _options.ColdEmbeddingShare, signal);
        TensorPrimitives.Add(signal, _options.ColdShift, signal);
        for (var k = 0; k < known; k++)
        {
            var position = scratch.Positions[k];
            var ratings = snapshot.RatingCounts[rows[position]];
            // No counts beside a model: its ratings are no longer in the database, and it is believed as it is.
            var confidence = ratings == 0 ? 1f : ratings / (ratings + _options.ConfidentRatings);
            signal[position] += confidence * (values[k] - signal[position]);
        }
    }

    private void ReadSequence(CatalogSnapshot snapshot, in Viewer viewer, ReadOnlySpan<int> rows, ScoringScratch scratch)
    {
        var signal = scratch.Of(Signal.Sequence, rows.Length);
        if (viewer.Profile.IsEmpty || snapshot.Successors is not { } successors)
        {
            signal.Clear();
            return;
        }

        var sums = scratch.Accumulated.AsSpan(0, snapshot.Count);
        sums.Clear();
        var weights = scratch.Weights.AsSpan(0, viewer.Profile.Length);
        Models.FoldIn.RecencyWeights(weights, successors.RecencyExponent);
        for (var k = 0; k < viewer.Profile.Length; k++)
        {
            successors.Add(viewer.Profile[k], weights[k], sums);
        }

        foreach (var row in viewer.Disliked)
        {
            successors.Add(row, -_options.DislikedSequenceWeight, sums);
        }

        ReadColumn(scratch.Accumulated, rows, signal);
    }

    /// <summary>
    /// The cosine of a movie's genres to the mean of the profile's, each movie's genres a vector of length 1. Movies share few sets of genres: it is
    /// computed once a set.
    /// </summary>
    private void ReadGenres(CatalogSnapshot snapshot, in Viewer viewer, ReadOnlySpan<int> rows, ScoringScratch scratch)
    {
        var signal = scratch.Of(Signal.Genres, rows.Length);
        if (viewer.Recent.IsEmpty)
        {
            signal.Clear();
            return;
        }

        Span<float> taste = stackalloc float[SnapshotBuilder.MaximumGenres];
        taste.Clear();
        var weights = scratch.Weights.AsSpan(0, viewer.Recent.Length);
        Models.FoldIn.RecencyWeights(weights, _options.RecencyExponent);
        for (var k = 0; k < viewer.Recent.Length; k++)
        {
            var genres = snapshot.GenreMasks[viewer.Recent[k]];
            var share = weights[k] / MathF.Sqrt(BitOperations.PopCount(genres));
            for (; genres != 0; genres &= genres - 1)
            {
                taste[BitOperations.TrailingZeroCount(genres)] += share;
            }
        }

        var sets = snapshot.GenreSets;
        scratch.EnsureGenreSets(sets.Length);
        for (var set = 0; set < sets.Length; set++)
        {
            var sum = 0f;
            for (var genres = sets[set]; genres != 0; genres &= genres - 1)
            {
                sum += taste[BitOperations.TrailingZeroCount(genres)];
            }

            scratch.GenreSets[set] = sum == 0f ? 0f : sum / MathF.Sqrt(BitOperations.PopCount(sets[set]));
        }

        for (var i = 0; i < rows.Length; i++)
        {
            signal[i] = scratch.GenreSets[snapshot.GenreSetOf[rows[i]]];
        }

        Standardize(signal);
    }

    private static void ReadColumn(float[] column, ReadOnlySpan<int> rows, Span<float> signal)
    {
        for (var i = 0; i < rows.Length; i++)
        {
            signal[i] = column[rows[i]];
        }

        Standardize(signal);
    }

    private static void ReadDislikes(CatalogSnapshot snapshot, in Viewer viewer, ReadOnlySpan<int> rows, ScoringScratch scratch)
    {
        var signal = scratch.Dislike.AsSpan(0, rows.Length);
        if (viewer.Disliked.IsEmpty || snapshot.Embeddings is not { } embeddings)
        {
            signal.Clear();
            return;
        }

        var known = SelectKnown(rows, embeddings.Present, scratch);
        var values = scratch.Gathered.AsSpan(0, known);
        embeddings.Similarity.TopMean(scratch.Rows.AsSpan(0, known), viewer.Disliked, 1, values);
        Standardize(values);
        // What is less like them than the average is not therefore better.
        TensorPrimitives.Max(values, 0f, values);
        Scatter(values, scratch.Positions.AsSpan(0, known), signal);
    }

    private static int SelectKnown(ReadOnlySpan<int> rows, ReadOnlySpan<ulong> present, ScoringScratch scratch)
    {
        var selected = scratch.Rows.AsSpan(0, rows.Length);
        var positions = scratch.Positions.AsSpan(0, rows.Length);
        var known = 0;
        // Written always and counted where known: no branch to mispredict.
        for (var i = 0; i < rows.Length; i++)
        {
            selected[known] = rows[i];
            positions[known] = i;
            known += RowSet.Contains(present, rows[i]) ? 1 : 0;
        }

        return known;
    }

    private static void Scatter(ReadOnlySpan<float> values, ReadOnlySpan<int> positions, Span<float> signal)
    {
        signal.Clear();
        for (var k = 0; k < positions.Length; k++)
        {
            signal[positions[k]] = values[k];
        }
    }
}
