using MovieSir.Inference.Catalog;
using MovieSir.Inference.Models;
using MovieSir.Inference.Numerics;
using MovieSir.Inference.Offline.Datasets;

namespace MovieSir.Inference.Offline.Learn;

/// <summary>Everything that is learned from ratings.</summary>
/// <param name="Positives">What it was trained on.</param>
/// <param name="Factors">Of matrix factorization.</param>
/// <param name="Successors">What users liked next.</param>
/// <param name="Ranking">How signals are weighed; null before it is learned, or where too few users can teach it.</param>
internal sealed record HybridModel(PositiveMatrix Positives, IalsModel Factors, SuccessorLists Successors, LearnedRanking? Ranking)
{
    /// <summary>The snapshot that a service would have of this model over these movies.</summary>
    /// <param name="movies">What is ranked.</param>
    /// <param name="ratings">All ratings of the training users.</param>
    /// <param name="parameters">That the model was trained with.</param>
    public CatalogSnapshot Snapshot(CandidateMovies movies, RatingSet ratings, HybridParameters parameters)
    {
        var builder = TrainingSnapshot.Movies(movies, ratings);
        if (movies.Embeddings is { } embeddings)
        {
            builder.SetEmbeddings(embeddings);
        }

        var dimension = parameters.Ials.Dimension;
        var model = builder.NewModel();
        var factors = new FloatMatrix(model.Count, dimension);
        for (var item = 0; item < Positives.MovieIds.Length; item++)
        {
            if (model.TryFindRow(Positives.MovieIds[item], out var row))
            {
                Factors.ItemFactors.AsSpan(item * dimension, dimension).CopyTo(factors.Row(row));
            }
        }

        model.SetFactors("in training", factors, Positives.MovieIds.Length, parameters.Ials);
        model.SetSuccessors(Successors, parameters.Succession.RecencyExponent);
        model.SetRanking(Ranking);
        model.SetScoring(parameters.Scoring);
        builder.SetModel(model.Build());
        return builder.Build(revision: 0, contentRevision: 0);
    }
}
