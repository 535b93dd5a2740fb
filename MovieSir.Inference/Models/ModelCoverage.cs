using System.Globalization;

namespace MovieSir.Inference.Models;

/// <summary>
/// Tells a model of this catalog's movies from a foreign or outdated one, with which every signal would fall back and nothing would say so.
/// </summary>
internal static class ModelCoverage
{
    /// <summary>
    /// Of the movies that the model knows, or of the catalog's where those are fewer: a catalog may outgrow its model, or be cut down. Movies that
    /// are numbered otherwise have a seventh (7,419 movies) to a third (62,737) of TMDB's ids by chance (MovieLens' own numbers); and with less than
    /// half of its items a model folds a viewer into another space than it was trained in.
    /// </summary>
    public const double LeastShare = 0.5;

    /// <param name="model">Name of the version.</param>
    /// <param name="modelMovies">Movies that it knows.</param>
    /// <param name="catalogMovies">Movies of the catalog.</param>
    /// <param name="shared">Movies of both.</param>
    /// <exception cref="ForeignModelException">There are too few of both.</exception>
    public static void Require(string model, int modelMovies, int catalogMovies, int shared)
    {
        if (shared < LeastShare * Math.Min(modelMovies, catalogMovies))
        {
            throw new ForeignModelException(model, string.Create(
                CultureInfo.InvariantCulture,
                $"Model {model} was trained on other movies: of the {modelMovies:N0} that it knows, {shared:N0} are among the catalog's "
                + $"{catalogMovies:N0}, and at least half of the smaller number must be. Train again (`train`)."));
        }
    }
}

/// <summary>A model of another catalog.</summary>
internal sealed class ForeignModelException(string model, string message) : InvalidModelException(message)
{
    /// <summary>Name of the version.</summary>
    public string Model { get; } = model;
}
