namespace MovieSir.Inference.Training;

/// <summary>
/// Tells a model of this catalogue's films from a foreign or outdated one, with which every signal would fall back and nothing would say so.
/// </summary>
internal static class ModelCoverage
{
    /// <summary>
    /// Of the films that the model knows, or of the catalogue's where those are fewer: a catalogue may outgrow its model, or be cut down. Films that are
    /// numbered otherwise have a seventh (7,419 films) to a third (62,737) of TMDB's ids by chance (MovieLens' own numbers); and with less than half of
    /// its items a model folds a viewer into another space than it was trained in.
    /// </summary>
    public const double LeastShare = 0.5;

    /// <param name="model">Name of the version.</param>
    /// <param name="modelFilms">Films that it knows.</param>
    /// <param name="catalogueFilms">Films of the catalogue.</param>
    /// <param name="shared">Films of both.</param>
    /// <exception cref="ForeignModelException">There are too few of both.</exception>
    public static void Require(string model, int modelFilms, int catalogueFilms, int shared)
    {
        if (shared < LeastShare * Math.Min(modelFilms, catalogueFilms))
        {
            throw new ForeignModelException(model, FormattableString.Invariant(
                $"Model {model} was trained on other films: of the {modelFilms:N0} that it knows, {shared:N0} are among the catalogue's {catalogueFilms:N0}, and at least half of the smaller number must be. Train again (`train`)."));
        }
    }
}

/// <summary>A model of another catalogue.</summary>
internal sealed class ForeignModelException(string model, string message) : InvalidModelException(message)
{
    /// <summary>Name of the version.</summary>
    public string Model { get; } = model;
}
