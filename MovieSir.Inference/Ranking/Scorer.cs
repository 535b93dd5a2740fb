using System.Numerics.Tensors;
using Microsoft.Extensions.Options;
using MovieSir.Inference.Catalogue;

namespace MovieSir.Inference.Ranking;

/// <summary>
/// Scores candidates for a viewer. Four signals, each a z-score over the candidates: the dot product of the folded-in viewer with a film's factors
/// (estimated from the embedding where a film has few ratings or none), the mean cosine to the most similar films of the profile, the damped mean
/// vote, and popularity; minus likeness to disliked films. A ranking is a weighted sum of them (<see cref="SignalWeights"/>).
/// </summary>
internal sealed class Scorer(IOptions<ScoringOptions> options)
{
    // Slope at which the logistic function is nearest to the normal distribution function.
    private const float LogisticSlope = 1.702f;

    private readonly ScoringOptions _options = options.Value;

    public ScoringOptions Options => _options;

    /// <summary>Fills the scratch with the signals of candidates, aligned with <paramref name="rows"/>.</summary>
    public void ReadSignals(CatalogueSnapshot snapshot, in Viewer viewer, ReadOnlySpan<int> rows, ScoringScratch scratch)
    {
        ReadEmbedding(snapshot, viewer, rows, scratch);
        ReadFactors(snapshot, viewer, rows, scratch);
        ReadDislikes(snapshot, viewer, rows, scratch);
        var quality = scratch.Quality.AsSpan(0, rows.Length);
        var popularity = scratch.Popularity.AsSpan(0, rows.Length);
        for (var i = 0; i < rows.Length; i++)
        {
            quality[i] = snapshot.Quality[rows[i]];
            popularity[i] = snapshot.Popularity[rows[i]];
        }

        Standardise(quality);
        Standardise(popularity);
    }

    /// <summary>sum[i] = weighted sum of the signals at position i of what <see cref="ReadSignals"/> read.</summary>
    public void Combine(SignalWeights weights, int count, ScoringScratch scratch)
    {
        var sum = scratch.Sum.AsSpan(0, count);
        TensorPrimitives.Multiply(scratch.Factors.AsSpan(0, count), weights.Factors, sum);
        TensorPrimitives.MultiplyAdd(scratch.Embedding.AsSpan(0, count), weights.Embedding, sum, sum);
        TensorPrimitives.MultiplyAdd(scratch.Quality.AsSpan(0, count), weights.Quality, sum, sum);
        TensorPrimitives.MultiplyAdd(scratch.Popularity.AsSpan(0, count), weights.Popularity, sum, sum);
        TensorPrimitives.MultiplyAdd(scratch.Dislike.AsSpan(0, count), -_options.DislikeWeight, sum, sum);
    }

    /// <summary>Turns a sum of signals into z-scores over its own candidates, in place.</summary>
    public static void Standardise(Span<float> values)
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
    /// Scores in (0, 1) from z-scores: the share of the candidates that a film would beat if their sums were normally distributed, by the logistic
    /// approximation of the normal distribution function.
    /// </summary>
    public static void ToScores(ReadOnlySpan<float> standardised, Span<float> scores)
    {
        if (standardised.IsEmpty)
        {
            return;
        }

        TensorPrimitives.Multiply(standardised, LogisticSlope, scores);
        TensorPrimitives.Sigmoid(scores, scores);
    }

    /// <summary>The row of the profile's film that speaks most for a film; -1 where none does. Call after <see cref="ReadSignals"/>.</summary>
    /// <remarks>
    /// With factors on both sides this is exact: the score of a folded-in viewer is a sum with one term for each film of the profile. Otherwise it is
    /// the film with the most similar embedding.
    /// </remarks>
    public static int Because(CatalogueSnapshot snapshot, in Viewer viewer, int row, ScoringScratch scratch)
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

    private void ReadEmbedding(CatalogueSnapshot snapshot, in Viewer viewer, ReadOnlySpan<int> rows, ScoringScratch scratch)
    {
        var signal = scratch.Embedding.AsSpan(0, rows.Length);
        if (viewer.Embedded.IsEmpty || snapshot.Embeddings is not { } embeddings)
        {
            signal.Clear();
            return;
        }

        var known = SelectKnown(rows, embeddings.Present, scratch);
        var values = scratch.Gathered.AsSpan(0, known);
        embeddings.Similarity.TopMean(scratch.Rows.AsSpan(0, known), viewer.Embedded, _options.SimilarFilms, values);
        Standardise(values);
        Scatter(values, scratch.Positions.AsSpan(0, known), signal);
    }

    private void ReadFactors(CatalogueSnapshot snapshot, in Viewer viewer, ReadOnlySpan<int> rows, ScoringScratch scratch)
    {
        var signal = scratch.Factors.AsSpan(0, rows.Length);
        if (viewer.Factored.IsEmpty || snapshot.Model is not { } model)
        {
            signal.Clear();
            return;
        }

        scratch.EnsureFoldIn(model.Dimension, model.FoldIn.ScratchLength(SimilarityKernel.MaximumReferences));
        var weights = scratch.Weights.AsSpan(0, viewer.Factored.Length);
        Training.FoldIn.RecencyWeights(weights, model.Parameters.RecencyExponent);
        var user = scratch.User.AsSpan(0, model.Dimension);
        model.FoldIn.Solve(viewer.Factored, weights, user, scratch.FoldIn);

        var known = SelectKnown(rows, model.Present, scratch);
        var values = scratch.Gathered.AsSpan(0, known);
        SimilarityKernel.Dot(model.Factors, scratch.Rows.AsSpan(0, known), user, values);
        Standardise(values);

        var embedding = scratch.Embedding.AsSpan(0, rows.Length);
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

    private static void ReadDislikes(CatalogueSnapshot snapshot, in Viewer viewer, ReadOnlySpan<int> rows, ScoringScratch scratch)
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
        Standardise(values);
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
            known += FilmSet.Contains(present, rows[i]) ? 1 : 0;
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
