namespace MovieSir.Inference.Training;

/// <summary>The strongest successors of each film, as they are trained and stored: a list a film, strongest first.</summary>
/// <param name="MovieIds">TMDB ids, strictly ascending; a film without successors has an empty list.</param>
/// <param name="Starts">Where each film's list starts; one more than there are films.</param>
/// <param name="SuccessorIds">TMDB ids.</param>
/// <param name="Weights">Aligned with the successors, positive.</param>
internal sealed record SuccessorLists(int[] MovieIds, int[] Starts, int[] SuccessorIds, float[] Weights)
{
    public ReadOnlySpan<int> SuccessorsOf(int index) => SuccessorIds.AsSpan(Starts[index]..Starts[index + 1]);

    public ReadOnlySpan<float> WeightsOf(int index) => Weights.AsSpan(Starts[index]..Starts[index + 1]);

    /// <summary>What is wrong with the weights of a film's successors; null where nothing is.</summary>
    public static InvalidModelException? FaultOf(int movieId, ReadOnlySpan<float> weights)
    {
        foreach (var weight in weights)
        {
            if (weight is not (> 0f and <= float.MaxValue))
            {
                return new InvalidModelException($"A successor of film {movieId} has the weight {weight}: a finite number above 0 is expected.");
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
            throw new InvalidModelException($"{SuccessorIds.Length} successors and {Weights.Length} weights are no lists of {MovieIds.Length} films.");
        }

        for (var film = 0; film < MovieIds.Length; film++)
        {
            if (film > 0 && MovieIds[film] <= MovieIds[film - 1])
            {
                throw new InvalidModelException($"The films with successors are not in ascending order: {MovieIds[film]} follows {MovieIds[film - 1]}.");
            }

            if (FaultOf(MovieIds[film], WeightsOf(film)) is { } fault)
            {
                throw fault;
            }
        }
    }
}
