using System.Numerics.Tensors;
using MovieSir.Inference.Offline.Datasets;

namespace MovieSir.Inference.Offline.Evaluate.Rankers;

/// <summary>Sentence embeddings alone: the mean of a movie's three highest cosines to the profile's movies.</summary>
internal sealed class EmbeddingRanker(CandidateMovies candidates) : IRanker
{
    private const int Nearest = 3;

    public string Name => "sentence encoder, top-3 mean";

    public void Score(EvaluationCase one, Span<float> scores)
    {
        var profile = one.Profile;
        var liked = EmbeddingsOf(candidates, profile);
        Span<float> top = stackalloc float[Nearest];
        for (var movie = 0; movie < scores.Length; movie++)
        {
            if (candidates.Movies[movie].Embedding is not { } embedding || liked.Count == 0)
            {
                scores[movie] = -1f;
                continue;
            }

            top.Fill(float.NegativeInfinity);
            foreach (var other in liked)
            {
                var cosine = TensorPrimitives.Dot<float>(embedding, other);
                for (var place = 0; place < Nearest; place++)
                {
                    if (cosine > top[place])
                    {
                        (top[place], cosine) = (cosine, top[place]);
                    }
                }
            }

            scores[movie] = TensorPrimitives.Sum<float>(top[..Math.Min(Nearest, liked.Count)]) / Math.Min(Nearest, liked.Count);
        }
    }

    /// <summary>Embeddings of those of the movies that have one.</summary>
    internal static List<float[]> EmbeddingsOf(CandidateMovies candidates, ReadOnlySpan<int> movieIds)
    {
        var embeddings = new List<float[]>(movieIds.Length);
        foreach (var movieId in movieIds)
        {
            if (candidates.IndexOf(movieId) is >= 0 and var movie && candidates.Movies[movie].Embedding is { } embedding)
            {
                embeddings.Add(embedding);
            }
        }

        return embeddings;
    }
}
