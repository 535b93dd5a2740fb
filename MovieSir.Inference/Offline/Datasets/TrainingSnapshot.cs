using MovieSir.Inference.Catalog;
using MovieSir.Inference.Numerics;

namespace MovieSir.Inference.Offline.Datasets;

/// <summary>Builds snapshots from movies and ratings in memory, so that what is trained and judged is computed by the code that serves.</summary>
internal static class TrainingSnapshot
{
    private const long SimilarityBytes = 256L << 20;

    /// <summary>A builder that holds the movies with their facts and genres.</summary>
    /// <param name="movies">What is ranked.</param>
    /// <param name="ratings">Whose numbers and means count for the movies.</param>
    public static SnapshotBuilder Movies(CandidateMovies movies, RatingSet ratings)
    {
        var counts = new int[movies.Count];
        var sums = new double[movies.Count];
        for (var user = 0; user < ratings.UserCount; user++)
        {
            var movieIds = ratings.MovieIds(user);
            var values = ratings.Values(user);
            for (var i = 0; i < movieIds.Length; i++)
            {
                if (movies.IndexOf(movieIds[i]) is >= 0 and var movie)
                {
                    counts[movie]++;
                    sums[movie] += values[i];
                }
            }
        }

        // Those of most movies, where a file has more than a snapshot can hold.
        var genres = movies.Movies.SelectMany(movie => movie.Genres).CountBy(id => id)
            .OrderByDescending(genre => genre.Value).ThenBy(genre => genre.Key)
            .Take(SnapshotBuilder.MaximumGenres).Select(genre => genre.Key)
            .Order().Select(id => new NamedEntry(id, $"{id}", null)).ToArray();
        var held = genres.Select(genre => genre.Id).ToHashSet();
        var builder = new SnapshotBuilder(genres, [], movies.Count);
        for (var movie = 0; movie < movies.Count; movie++)
        {
            var facts = movies.Movies[movie];
            builder.AddMovie(new MovieFacts
            {
                MovieId = facts.MovieId,
                TitleEn = "",
                ReleaseDate = facts.ReleaseDate,
                RuntimeMinutes = facts.RuntimeMinutes,
                VoteAverage = facts.VoteAverage,
                VoteCount = facts.VoteCount,
                RatingCount = counts[movie],
                RatingMean = counts[movie] == 0 ? 0f : (float)(sums[movie] / counts[movie]),
            });
        }

        builder.EndMovies();
        foreach (var movie in movies.Movies)
        {
            foreach (var genre in movie.Genres.Where(held.Contains))
            {
                builder.AddGenre(movie.MovieId, genre);
            }
        }

        return builder;
    }

    /// <summary>The embeddings of the movies, null where none has one.</summary>
    public static EmbeddingMatrix? Embeddings(CandidateMovies movies)
    {
        if (movies.Movies.FirstOrDefault(movie => movie.Embedding is not null)?.Embedding is not { } first)
        {
            return null;
        }

        var vectors = new FloatMatrix(movies.Count, first.Length);
        for (var movie = 0; movie < movies.Count; movie++)
        {
            movies.Movies[movie].Embedding?.CopyTo(vectors.Row(movie));
        }

        return SnapshotBuilder.NormalizedEmbeddings("in training", vectors, movie => movies.Movies[movie].MovieId, SimilarityBytes);
    }
}
