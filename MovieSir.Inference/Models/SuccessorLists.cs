namespace MovieSir.Inference.Models;

/// <summary>The strongest successors of each movie, as they are trained and stored: a list a movie, strongest first.</summary>
/// <param name="MovieIds">TMDB ids, strictly ascending; a movie without successors has an empty list.</param>
/// <param name="Starts">Where each movie's list starts; one more than there are movies.</param>
/// <param name="SuccessorIds">TMDB ids.</param>
/// <param name="Weights">Aligned with the successors, positive.</param>
internal sealed record SuccessorLists(int[] MovieIds, int[] Starts, int[] SuccessorIds, float[] Weights)
{
    public ReadOnlySpan<int> SuccessorsOf(int index) => SuccessorIds.AsSpan(Starts[index]..Starts[index + 1]);

    public ReadOnlySpan<float> WeightsOf(int index) => Weights.AsSpan(Starts[index]..Starts[index + 1]);

    /// <summary>What is wrong with the weights of a movie's successors; null where nothing is.</summary>
    public static InvalidModelException? FaultOf(int movieId, ReadOnlySpan<float> weights)
    {
        foreach (var weight in weights)
        {
            if (weight is not (> 0f and <= float.MaxValue))
            {
                return new InvalidModelException($"A successor of movie {movieId} has the weight {weight}: a finite number above 0 is expected.");
            }
        }

        return null;
    }

    /// <summary>Refuses what must never be served.</summary>
    /// <exception cref="InvalidModelException">Says what is wrong.</exception>
    public void Validate()
    {
        if (Starts.Length != MovieIds.Length + 1 || SuccessorIds.Length != Weights.Length || Starts[^1] != Weights.Length)
        {
            throw new InvalidModelException(
                $"{SuccessorIds.Length} successors and {Weights.Length} weights are no lists of {MovieIds.Length} movies.");
        }

        for (var movie = 0; movie < MovieIds.Length; movie++)
        {
            if (movie > 0 && MovieIds[movie] <= MovieIds[movie - 1])
            {
                throw new InvalidModelException(
                    $"The movies with successors are not in ascending order: {MovieIds[movie]} follows {MovieIds[movie - 1]}.");
            }

            if (FaultOf(MovieIds[movie], WeightsOf(movie)) is { } fault)
            {
                throw fault;
            }
        }
    }
}
