using System.Collections.Frozen;
using System.Numerics.Tensors;
using MovieSir.Inference.Models;
using MovieSir.Inference.Numerics;

namespace MovieSir.Inference.Catalog;

/// <summary>Facts of one movie as they are read, before they become columns.</summary>
internal sealed record MovieFacts
{
    public required int MovieId { get; init; }

    public required string TitleEn { get; init; }

    public string? TitleKo { get; init; }

    public string? OriginalTitle { get; init; }

    public string? Overview { get; init; }

    public string? OverviewKo { get; init; }

    public string? Keywords { get; init; }

    public string? ImdbId { get; init; }

    public string? PosterPath { get; init; }

    public DateOnly? ReleaseDate { get; init; }

    public short? RuntimeMinutes { get; init; }

    public float VoteAverage { get; init; }

    public int VoteCount { get; init; }

    public bool Adult { get; init; }

    public int RatingCount { get; init; }

    /// <summary>Mean of the ratings, 0.5 to 5.</summary>
    public float RatingMean { get; init; }
}

/// <summary>Collects one snapshot: movies first, in ascending movie id, then what belongs to them, then <see cref="Build"/> once.</summary>
internal sealed class SnapshotBuilder
{
    /// <summary>Votes at which a movie's own mean and the catalog's weigh the same.</summary>
    private const float DampingVotes = 200f;

    /// <summary>A movie's genres are one word of bits.</summary>
    public const int MaximumGenres = 64;

    private readonly List<MovieFacts> _facts;
    private readonly Dictionary<int, int> _rowOf;
    private readonly NameIndex _genres;
    private readonly NameIndex _providers;
    private readonly Dictionary<int, int> _genreOrdinals;
    private readonly Dictionary<int, int> _providerOrdinals;
    private ulong[] _genreMasks = [];
    private ulong[][] _byProvider = [];
    private EmbeddingMatrix? _embeddings;
    private ServedModel _model = ServedModel.None;

    public SnapshotBuilder(IReadOnlyList<NamedEntry> genres, IReadOnlyList<NamedEntry> providers, int expectedMovies)
    {
        if (genres.Count > MaximumGenres)
        {
            throw new ArgumentException($"{genres.Count} genres do not fit a mask of {MaximumGenres}.", nameof(genres));
        }

        _facts = new List<MovieFacts>(expectedMovies);
        _rowOf = new Dictionary<int, int>(expectedMovies);
        _genres = new NameIndex(genres, NameAliases.Genres);
        _providers = new NameIndex(providers, NameAliases.Providers);
        _genreOrdinals = OrdinalsOf(genres);
        _providerOrdinals = OrdinalsOf(providers);
    }

    public string? ModelRefusal { get; set; }

    /// <summary>How movies are scored where the model does not say it.</summary>
    public ScoringOptions Scoring { get; init; } = new();

    /// <summary>Memory for likeness that is made in advance; see <see cref="CatalogOptions.SimilarityMegabytes"/>.</summary>
    public long SimilarityBytes { get; init; } = (long)new CatalogOptions().SimilarityMegabytes << 20;

    public int Count => _facts.Count;

    public void AddMovie(MovieFacts movie)
    {
        if (_facts.Count > 0 && movie.MovieId <= _facts[^1].MovieId)
        {
            throw new ArgumentException($"Movie {movie.MovieId} after {_facts[^1].MovieId}: ids must ascend.", nameof(movie));
        }

        _rowOf.Add(movie.MovieId, _facts.Count);
        _facts.Add(movie);
    }

    /// <summary>Ends the list of movies; genres, providers, embeddings and factors follow.</summary>
    public void EndMovies()
    {
        _genreMasks = new ulong[Count];
        _byProvider = new ulong[_providers.Entries.Count][];
        for (var provider = 0; provider < _byProvider.Length; provider++)
        {
            _byProvider[provider] = new ulong[RowSet.WordCount(Count)];
        }
    }

    /// <summary>False where the snapshot has no such movie.</summary>
    public bool TryFindRow(int movieId, out int row) => _rowOf.TryGetValue(movieId, out row);

    public void AddGenre(int movieId, int genreId)
    {
        if (_rowOf.TryGetValue(movieId, out var row))
        {
            _genreMasks[row] |= 1UL << _genreOrdinals[genreId];
        }
    }

    public void AddProvider(int movieId, int providerId)
    {
        if (_rowOf.TryGetValue(movieId, out var row))
        {
            RowSet.Add(_byProvider[_providerOrdinals[providerId]], row);
        }
    }

    /// <param name="encoder">Name of the encoder.</param>
    /// <param name="vectors">One row a movie; they are normalized here.</param>
    /// <exception cref="InvalidModelException">A value is not finite.</exception>
    public void SetEmbeddings(string encoder, FloatMatrix vectors) =>
        SetEmbeddings(NormalizedEmbeddings(encoder, vectors, row => _facts[row].MovieId, SimilarityBytes));

    /// <param name="embeddings">Aligned with the movies.</param>
    public void SetEmbeddings(EmbeddingMatrix embeddings) => _embeddings = embeddings;

    /// <summary>Brings vectors to length 1, in place.</summary>
    /// <exception cref="InvalidModelException">A value is not finite.</exception>
    public static EmbeddingMatrix NormalizedEmbeddings(string encoder, FloatMatrix vectors, Func<int, int> movieIdOf, long similarityBytes)
    {
        var present = new ulong[RowSet.WordCount(vectors.Rows)];
        for (var row = 0; row < vectors.Rows; row++)
        {
            var vector = vectors.Row(row);
            var norm = TensorPrimitives.Norm(vector);
            if (!float.IsFinite(norm))
            {
                throw new InvalidModelException($"The embedding of movie {movieIdOf(row)} by {encoder} is not finite: run `embed` again.");
            }

            if (norm > 0f)
            {
                RowSet.Add(present, row);
                TensorPrimitives.Divide(vector, norm, vector);
            }
        }

        return new EmbeddingMatrix(encoder, vectors, present, similarityBytes);
    }

    /// <summary>What aligns a model version with the movies; they must have ended.</summary>
    public ModelBuilder NewModel() => new([.. _facts.Select(movie => movie.MovieId)], _rowOf);

    public void SetModel(ServedModel model) => _model = model;

    /// <param name="revision">Of the database.</param>
    /// <param name="contentRevision">Of all but the model; see <see cref="CatalogSnapshot.ContentRevision"/>.</param>
    public CatalogSnapshot Build(long revision, long contentRevision)
    {
        var movies = new MovieRecord[Count];
        var genreNames = new Dictionary<ulong, string[]>();
        var ottNames = new OttNames(_providers, _byProvider);
        var prior = MeanVote();
        var quality = new float[Count];
        var popularity = new float[Count];
        for (var row = 0; row < Count; row++)
        {
            var movie = _facts[row];
            var votes = movie.VoteCount + movie.RatingCount;
            quality[row] = (VoteSum(movie) + (DampingVotes * prior)) / (votes + DampingVotes);
            popularity[row] = MathF.Log(1f + votes);
            movies[row] = Record(movie, NamesOf(genreNames, _genreMasks[row]), ottNames.Of(row));
        }

        var series = new int[Count];
        var (genreSets, genreSetOf) = DistinctGenres();
        return new CatalogSnapshot
        {
            MovieIds = [.. _facts.Select(movie => movie.MovieId)],
            RowOf = _rowOf.ToFrozenDictionary(),
            AllRows = Row.UpTo(Count),
            ConfiguredScoring = Scoring,
            Movies = movies,
            RuntimeMinutes = [.. _facts.Select(movie => movie.RuntimeMinutes is > 0 ? movie.RuntimeMinutes.Value : (short)0)],
            Years = [.. _facts.Select(movie => (short)(movie.ReleaseDate?.Year ?? 0))],
            GenreMasks = _genreMasks,
            GenreSets = genreSets,
            GenreSetOf = genreSetOf,
            ReleaseYears = ReleaseYears(),
            VoteAverages = [.. _facts.Select(movie => movie.VoteAverage)],
            VoteCounts = [.. _facts.Select(movie => movie.VoteCount)],
            Quality = quality,
            Popularity = popularity,
            RatingCounts = [.. _facts.Select(movie => movie.RatingCount)],
            Adult = SetOf(movie => movie.Adult),
            HasMinutes = SetOf(movie => movie.RuntimeMinutes > 0),
            ByProvider = _byProvider,
            SeriesCount = SeriesNames.Number(movies, series),
            Series = series,
            Genres = _genres,
            Providers = _providers,
            Titles = new TitleIndex(movies),
            Words = MovieTexts.Index(_facts, _genreMasks, _genres),
            Described = SetOf(movie => MovieTexts.IsDescription(movie.Overview, movie.OverviewKo, movie.Keywords)),
            DescribedInEnglish = SetOf(movie => MovieTexts.IsDescription(movie.Overview, movie.Keywords)),
            Twins = new TwinIndex(movies, [.. _facts.Select(Weight)]),
            Embeddings = _embeddings,
        }.With(revision, contentRevision, _model, ModelRefusal);
    }

    // With minutes it can be in a set; then the better known.
    private static int Weight(MovieFacts movie) => (movie.RuntimeMinutes > 0 ? 1 << 30 : 0) + Math.Min(movie.VoteCount, (1 << 30) - 1);

    private ulong[] SetOf(Predicate<MovieFacts> holds)
    {
        var set = new ulong[RowSet.WordCount(Count)];
        for (var row = 0; row < Count; row++)
        {
            if (holds(_facts[row]))
            {
                RowSet.Add(set, row);
            }
        }

        return set;
    }

    private static MovieRecord Record(MovieFacts movie, string[] genres, string[] otts) => new()
    {
        TitleEn = movie.TitleEn,
        TitleKo = movie.TitleKo,
        OriginalTitle = movie.OriginalTitle,
        Overview = movie.OverviewKo ?? movie.Overview,
        OtherText = MovieTexts.Other(movie),
        ImdbId = movie.ImdbId,
        PosterPath = movie.PosterPath,
        ReleaseDate = movie.ReleaseDate,
        Genres = genres,
        Otts = otts,
    };

    private (ulong[] Sets, int[] SetOf) DistinctGenres()
    {
        var numbers = new Dictionary<ulong, int>();
        var setOf = new int[Count];
        for (var row = 0; row < Count; row++)
        {
            if (!numbers.TryGetValue(_genreMasks[row], out setOf[row]))
            {
                setOf[row] = numbers.Count;
                numbers.Add(_genreMasks[row], numbers.Count);
            }
        }

        return ([.. numbers.Keys], setOf);
    }

    private float[] ReleaseYears()
    {
        var known = _facts.Where(movie => movie.ReleaseDate is not null).Select(movie => movie.ReleaseDate!.Value.Year).ToArray();
        var mean = known.Length == 0 ? 0f : (float)known.Average();
        return [.. _facts.Select(movie => movie.ReleaseDate?.Year ?? mean)];
    }

    // Ratings count on the scale of votes: half stars to 5 become tenths to 10.
    private static float VoteSum(MovieFacts movie) => (movie.VoteAverage * movie.VoteCount) + (2f * movie.RatingMean * movie.RatingCount);

    private float MeanVote()
    {
        var sum = 0.0;
        var votes = 0L;
        foreach (var movie in _facts)
        {
            sum += VoteSum(movie);
            votes += movie.VoteCount + movie.RatingCount;
        }

        return votes == 0 ? 0f : (float)(sum / votes);
    }

    private string[] NamesOf(Dictionary<ulong, string[]> known, ulong mask)
    {
        if (!known.TryGetValue(mask, out var names))
        {
            names = [.. _genres.Entries.Where((_, ordinal) => (mask >> ordinal & 1) != 0).Select(genre => genre.DisplayName)];
            known.Add(mask, names);
        }

        return names;
    }

    private static Dictionary<int, int> OrdinalsOf(IReadOnlyList<NamedEntry> entries) =>
        entries.Select((entry, ordinal) => (entry.Id, ordinal)).ToDictionary(pair => pair.Id, pair => pair.ordinal);

    /// <summary>The names of the services that carry a movie, one array for all movies that stream in the same places.</summary>
    private sealed class OttNames(NameIndex providers, ulong[][] byProvider)
    {
        private readonly Dictionary<string, string[]> _known = new() { [""] = [] };

        public string[] Of(int row)
        {
            var ordinals = new List<int>();
            for (var provider = 0; provider < byProvider.Length; provider++)
            {
                if (RowSet.Contains(byProvider[provider], row))
                {
                    ordinals.Add(provider);
                }
            }

            var key = string.Join(',', ordinals);
            if (!_known.TryGetValue(key, out var names))
            {
                names = [.. ordinals.Select(ordinal => providers.Entries[ordinal].DisplayName).Distinct()];
                _known.Add(key, names);
            }

            return names;
        }
    }
}
