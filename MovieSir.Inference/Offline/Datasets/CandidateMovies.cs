using MovieSir.Inference.Catalog;

namespace MovieSir.Inference.Offline.Datasets;

/// <summary>What is known of a movie that can be recommended.</summary>
/// <param name="MovieId">TMDB id.</param>
internal sealed record CandidateMovie(int MovieId)
{
    /// <summary>TMDB genre ids.</summary>
    public int[] Genres { get; init; } = [];

    /// <summary>0 to 10.</summary>
    public float VoteAverage { get; init; }

    public int VoteCount { get; init; }

    public short? RuntimeMinutes { get; init; }

    public DateOnly? ReleaseDate { get; init; }

    /// <summary>L2-normalized sentence embedding, where there is one.</summary>
    public float[]? Embedding { get; init; }
}

/// <summary>The movies that every method ranks, in ascending TMDB id: a candidate's index is its place here.</summary>
internal sealed class CandidateMovies
{
    private readonly Dictionary<int, int> _indexOf;
    private readonly Lazy<EmbeddingMatrix?> _embeddings;

    /// <exception cref="ArgumentException">A movie is given twice.</exception>
    public CandidateMovies(IEnumerable<CandidateMovie> movies)
    {
        Movies = [.. movies.OrderBy(movie => movie.MovieId)];
        _indexOf = Movies.Select((movie, index) => (movie.MovieId, index)).ToDictionary(pair => pair.MovieId, pair => pair.index);
        _embeddings = new Lazy<EmbeddingMatrix?>(() => TrainingSnapshot.Embeddings(this));
    }

    public IReadOnlyList<CandidateMovie> Movies { get; }

    public int Count => Movies.Count;

    /// <summary>Row i is the embedding of movie i; null where none has one. Made at the first use, once for all models over these movies.</summary>
    public EmbeddingMatrix? Embeddings => _embeddings.Value;

    /// <summary>Place of a movie, or -1 where it is no candidate.</summary>
    public int IndexOf(int movieId) => _indexOf.GetValueOrDefault(movieId, -1);
}
