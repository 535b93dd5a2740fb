using MovieSir.Inference.Catalogue;
using MovieSir.Inference.Training;

namespace MovieSir.Inference.Evaluation;

/// <summary>What is known of a film that can be recommended.</summary>
/// <param name="MovieId">TMDB id.</param>
internal sealed record CandidateFilm(int MovieId)
{
    /// <summary>TMDB genre ids.</summary>
    public int[] Genres { get; init; } = [];

    /// <summary>0 to 10.</summary>
    public float VoteAverage { get; init; }

    public int VoteCount { get; init; }

    public short? RuntimeMinutes { get; init; }

    public DateOnly? ReleaseDate { get; init; }

    /// <summary>L2-normalised sentence embedding, where there is one.</summary>
    public float[]? Embedding { get; init; }
}

/// <summary>The films that every method ranks, in ascending TMDB id: a candidate's index is its place here.</summary>
internal sealed class CandidateFilms
{
    private readonly Dictionary<int, int> _indexOf;
    private readonly Lazy<EmbeddingMatrix?> _embeddings;

    /// <exception cref="ArgumentException">A film is given twice.</exception>
    public CandidateFilms(IEnumerable<CandidateFilm> films)
    {
        Films = [.. films.OrderBy(film => film.MovieId)];
        _indexOf = Films.Select((film, index) => (film.MovieId, index)).ToDictionary(pair => pair.MovieId, pair => pair.index);
        _embeddings = new Lazy<EmbeddingMatrix?>(() => TrainingSnapshot.Embeddings(this));
    }

    public IReadOnlyList<CandidateFilm> Films { get; }

    public int Count => Films.Count;

    /// <summary>Row i is the embedding of film i; null where none has one. Made at the first use, once for all models over these films.</summary>
    public EmbeddingMatrix? Embeddings => _embeddings.Value;

    /// <summary>Place of a film, or -1 where it is no candidate.</summary>
    public int IndexOf(int movieId) => _indexOf.GetValueOrDefault(movieId, -1);
}
