using Npgsql;

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

    /// <summary>The stored lists of one model version; films without successors have none.</summary>
    /// <param name="connection">In the transaction that reads the rest of the version.</param>
    /// <param name="modelVersionId">Which.</param>
    /// <param name="timeoutSeconds">Longest that the query may take.</param>
    /// <param name="cancellationToken">Ends reading.</param>
    public static async Task<SuccessorLists> ReadAsync(
        NpgsqlConnection connection, long modelVersionId, int timeoutSeconds, CancellationToken cancellationToken)
    {
        var (movieIds, starts, successorIds, weights) = (new List<int>(), new List<int> { 0 }, new List<int>(), new List<float>());
        await using var command = new NpgsqlCommand(
            "SELECT movie_id, successor_ids, weights FROM catalog.item_successors WHERE model_version_id = $1 ORDER BY movie_id", connection)
        {
            CommandTimeout = timeoutSeconds,
            Parameters = { new() { Value = modelVersionId } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            movieIds.Add(reader.GetInt32(0));
            successorIds.AddRange(reader.GetFieldValue<int[]>(1));
            weights.AddRange(reader.GetFieldValue<float[]>(2));
            starts.Add(successorIds.Count);
        }

        return new SuccessorLists([.. movieIds], [.. starts], [.. successorIds], [.. weights]);
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

            foreach (var weight in WeightsOf(film))
            {
                if (!(weight > 0f) || !float.IsFinite(weight))
                {
                    throw new InvalidModelException($"A successor of film {MovieIds[film]} has the weight {weight}: a finite number above 0 is expected.");
                }
            }
        }
    }
}
