namespace MovieSir.Inference.Models;

/// <summary>Item factors that are ready to be published, with what they were made from and how they were judged.</summary>
internal sealed record TrainedModel
{
    /// <summary>For example <c>ials</c>.</summary>
    public required string Algorithm { get; init; }

    public required int Dimension { get; init; }

    /// <summary>TMDB ids, strictly ascending.</summary>
    public required int[] MovieIds { get; init; }

    /// <summary>Row-major, one row a movie id.</summary>
    public required float[] Factors { get; init; }

    /// <summary>Null where the model has none.</summary>
    public SuccessorLists? Successors { get; init; }

    /// <summary>A <see cref="LearnedRanking"/> as JSON; null where the model has none.</summary>
    public string? Ranking { get; init; }

    /// <summary>JSON object.</summary>
    public required string Hyperparameters { get; init; }

    /// <summary>JSON object.</summary>
    public required string Metrics { get; init; }

    /// <summary>Refuses what must never be served: wrong shapes, values that are not finite, movies without any factor.</summary>
    /// <exception cref="InvalidModelException">Says what is wrong.</exception>
    public void Validate()
    {
        if (MovieIds.Length == 0)
        {
            throw new InvalidModelException("The model has no movies.");
        }

        if (Dimension < 1 || Factors.LongLength != (long)MovieIds.Length * Dimension)
        {
            throw new InvalidModelException($"The model has {Factors.Length} values for {MovieIds.Length} movies of {Dimension} factors.");
        }

        for (var row = 0; row < MovieIds.Length; row++)
        {
            if (row > 0 && MovieIds[row] <= MovieIds[row - 1])
            {
                throw new InvalidModelException($"The model's movies are not in ascending order: {MovieIds[row]} follows {MovieIds[row - 1]}.");
            }

            var factors = Factors.AsSpan(row * Dimension, Dimension);
            var norm = System.Numerics.Tensors.TensorPrimitives.SumOfSquares(factors);
            if (!float.IsFinite(norm))
            {
                throw new InvalidModelException($"The factors of movie {MovieIds[row]} are not finite.");
            }

            if (norm == 0f)
            {
                throw new InvalidModelException($"The factors of movie {MovieIds[row]} are all zero.");
            }
        }

        Successors?.Validate();
        if (Ranking is not null)
        {
            LearnedRanking.FromJson(Ranking);
        }
    }
}

/// <summary>A model that must not be served; the message says why.</summary>
internal class InvalidModelException(string message) : Exception(message);
