using System.Numerics.Tensors;
using MovieSir.Inference.Catalog;
using MovieSir.Inference.Models;
using MovieSir.Inference.Numerics;

namespace MovieSir.Inference.Engine.Ranking;

/// <summary>
/// Scores candidates for a profile: a ranking is a weighted sum (<see cref="SignalWeights"/>) of signals (<see cref="Signal"/>), each a z-score over
/// the candidates, minus likeness to disliked movies.
/// </summary>
internal static class Scorer
{
    /// <summary>Writes the sums of the signals that <see cref="SignalReader"/> has read.</summary>
    public static void Combine(CatalogSnapshot snapshot, SignalWeights weights, SignalTable signals)
    {
        var sums = signals.Sums;
        sums.Clear();
        for (var signal = (Signal)0; (int)signal < Signals.Count; signal++)
        {
            if (weights[signal] is not 0f and var weight)
            {
                TensorPrimitives.MultiplyAdd(signals[signal], weight, sums, sums);
            }
        }

        TensorPrimitives.MultiplyAdd(signals.Dislike, -snapshot.Scoring.DislikeWeight, sums, sums);
    }

    /// <summary>The weights of a track: for taste, or for discovery.</summary>
    public static SignalWeights TrackWeights(CatalogSnapshot snapshot, Profile profile, bool discovery) => (discovery, profile.IsEmpty) switch
    {
        (false, false) => TasteWeights(snapshot),
        (false, true) => snapshot.Scoring.EmptyProfile,
        (true, false) => TasteWeights(snapshot) + snapshot.Scoring.Discovery,
        (true, true) => snapshot.Scoring.EmptyProfileDiscovery,
    };

    /// <summary>Scores every movie of a snapshot, for taste alone: every movie is a candidate, so its position is its row.</summary>
    public static void ScoreAll(CatalogSnapshot snapshot, ScoringScratch scratch)
    {
        SignalReader.Read(snapshot, snapshot.AllRows, scratch);
        Combine(snapshot, TrackWeights(snapshot, scratch.Profile, discovery: false), scratch.Signals);
    }

    /// <summary>
    /// Orders the first <see cref="ShortList.MaximumMovies"/> movies of a ranking by the learned forest, where there is one. Their sums become what
    /// the forest says, moved so that the last of them stands where it stood.
    /// </summary>
    /// <param name="snapshot">Whose rows.</param>
    /// <param name="best">Best first.</param>
    /// <param name="scratch">As <see cref="ScoreAll"/> left it.</param>
    public static void OrderHead(CatalogSnapshot snapshot, Span<Row> best, ScoringScratch scratch)
    {
        if (snapshot.Ranking?.Forest is not { } forest || scratch.Profile.IsEmpty || best.IsEmpty)
        {
            return;
        }

        var head = best[..Math.Min(best.Length, ShortList.MaximumMovies)];
        ShortListFeatures.Write(snapshot, head, scratch);
        scratch.ShortList.Evaluate(forest);
        var signals = scratch.Signals;
        var sums = scratch.ShortList.Sums;
        for (var i = 0; i < head.Length; i++)
        {
            // Not among what the forest was trained on: the ratings that it learned from are all positive.
            sums[i] -= snapshot.Scoring.DislikeWeight * signals.Dislike[head[i].Index];
        }

        TensorPrimitives.Add(sums, signals.Sums[head[^1].Index] - TensorPrimitives.Min<float>(sums), sums);
        // Of equals the one that stood before stays before.
        Span<(float NegatedSum, int Place)> order = stackalloc (float, int)[head.Length];
        for (var i = 0; i < head.Length; i++)
        {
            signals.Sums[head[i].Index] = sums[i];
            order[i] = (-sums[i], i);
        }

        order.Sort(head);
    }

    /// <summary>
    /// The movie of the profile that speaks most for a movie; null where none does. Call after <see cref="SignalReader"/>. Where the movie has no
    /// factors it is the one with the most similar embedding.
    /// </summary>
    public static Row? Because(CatalogSnapshot snapshot, Row row, ScoringScratch scratch)
    {
        var profile = scratch.Profile;
        if (snapshot.Model is { } model && model.Has(row.Index) && !profile.WithFactors.IsEmpty)
        {
            return scratch.Folded.Reason(model, profile.WithFactors, row);
        }

        if (snapshot.Embeddings is { } embeddings && embeddings.Has(row.Index) && !profile.WithEmbedding.IsEmpty)
        {
            Span<float> cosines = stackalloc float[profile.WithEmbedding.Length];
            SimilarityKernel.Dot(embeddings.Vectors, Row.Numbers(profile.WithEmbedding), embeddings.Vectors.Row(row.Index), cosines);
            return profile.WithEmbedding[TensorPrimitives.IndexOfMax<float>(cosines)];
        }

        return null;
    }

    /// <summary>The weights of the published model, or the configured ones where it has learned none.</summary>
    private static SignalWeights TasteWeights(CatalogSnapshot snapshot) => snapshot.Ranking?.Weights ?? snapshot.Scoring.Taste;
}
