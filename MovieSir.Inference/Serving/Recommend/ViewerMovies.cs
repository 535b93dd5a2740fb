using MovieSir.ServiceDefaults.InferenceContract;

namespace MovieSir.Inference.Serving.Recommend;

/// <summary>What a request says of its viewers' movies, brought into one order: docs/architecture/ranking.md, "A history".</summary>
internal sealed class ViewerMovies
{
    /// <summary>What was rated at least so much joins the profile. The models count likes from here on.</summary>
    private const float LeastLiked = 4f;

    /// <summary>What was rated below speaks against what is like it.</summary>
    private const float LeastTolerated = 3f;

    private readonly int[][] _profiles;
    private readonly int[] _watched = [];

    public ViewerMovies(ViewerFilter request)
    {
        _profiles = request.Groups ?? [request.UserMovieIds];
        Disliked = request.NegativeMovieIds;
        if (request.History is not { Count: > 0 } history)
        {
            return;
        }

        // What has no time stands first, and the order is kept where times are equal.
        var ordered = history.OrderBy(movie => movie.WatchedAt).ToArray();
        _watched = Array.ConvertAll(ordered, movie => movie.MovieId!.Value);
        var ratings = new Dictionary<int, float>();
        foreach (var movie in ordered)
        {
            // Without a rating, it was at least worth watching.
            ratings[movie.MovieId!.Value] = movie.Rating ?? ratings.GetValueOrDefault(movie.MovieId.Value, LeastLiked);
        }

        Disliked = [.. _watched.Where(movieId => ratings[movieId] < LeastTolerated), .. Disliked];
        if (!AreTwo)
        {
            _profiles = [[.. _watched.Where(movieId => ratings[movieId] >= LeastLiked), .. request.UserMovieIds]];
        }
    }

    /// <summary>Movie ids of the first viewer, oldest first.</summary>
    public int[] First => _profiles[0];

    /// <summary>Movie ids of the second viewer, oldest first; empty where there is one viewer.</summary>
    public int[] Second => AreTwo ? _profiles[1] : [];

    public bool AreTwo => _profiles.Length == 2;

    /// <summary>Movie ids, oldest first.</summary>
    public int[] Disliked { get; }

    /// <summary>Movie ids that are never answered.</summary>
    public int[][] Known => [.. _profiles, _watched, Disliked];
}
