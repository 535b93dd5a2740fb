using MovieSir.Inference.Catalogue;
using MovieSir.Inference.Evaluation;

namespace MovieSir.Inference.Training;

/// <summary>Builds snapshots from films and ratings in memory, so that what is trained and judged is computed by the code that serves.</summary>
internal static class TrainingSnapshot
{
    private const long SimilarityBytes = 256L << 20;

    /// <summary>A builder that holds the films with their facts and genres.</summary>
    /// <param name="films">What is ranked.</param>
    /// <param name="ratings">Whose numbers and means count for the films.</param>
    public static SnapshotBuilder Films(CandidateFilms films, RatingSet ratings)
    {
        var counts = new int[films.Count];
        var sums = new double[films.Count];
        for (var user = 0; user < ratings.UserCount; user++)
        {
            var movieIds = ratings.MovieIds(user);
            var values = ratings.Values(user);
            for (var i = 0; i < movieIds.Length; i++)
            {
                if (films.IndexOf(movieIds[i]) is >= 0 and var film)
                {
                    counts[film]++;
                    sums[film] += values[i];
                }
            }
        }

        var genres = films.Films.SelectMany(film => film.Genres).Distinct().Order().Select(id => new NamedEntry(id, $"{id}", null)).ToArray();
        var builder = new SnapshotBuilder(genres, [], films.Count);
        for (var film = 0; film < films.Count; film++)
        {
            var facts = films.Films[film];
            builder.AddFilm(new FilmFacts
            {
                MovieId = facts.MovieId,
                TitleEn = "",
                ReleaseDate = facts.ReleaseDate,
                RuntimeMinutes = facts.RuntimeMinutes,
                VoteAverage = facts.VoteAverage,
                VoteCount = facts.VoteCount,
                RatingCount = counts[film],
                RatingMean = counts[film] == 0 ? 0f : (float)(sums[film] / counts[film]),
            });
        }

        builder.EndFilms();
        foreach (var film in films.Films)
        {
            foreach (var genre in film.Genres)
            {
                builder.AddGenre(film.MovieId, genre);
            }
        }

        return builder;
    }

    /// <summary>The embeddings of the films, null where none has one.</summary>
    public static EmbeddingMatrix? Embeddings(CandidateFilms films)
    {
        if (films.Films.FirstOrDefault(film => film.Embedding is not null)?.Embedding is not { } first)
        {
            return null;
        }

        var vectors = new FloatMatrix(films.Count, first.Length);
        for (var film = 0; film < films.Count; film++)
        {
            films.Films[film].Embedding?.CopyTo(vectors.Row(film));
        }

        return SnapshotBuilder.NormalisedEmbeddings("in training", vectors, film => films.Films[film].MovieId, SimilarityBytes);
    }
}
