using MovieSir.Inference.Numerics;

namespace MovieSir.Inference.Offline.Sample;

/// <summary>One simulated rating: 0.5 to 5 in half stars, at a time in Unix seconds.</summary>
internal readonly record struct SimulatedRating(int ViewerId, int MovieId, double Stars, long UnixSeconds);

/// <summary>A word that a simulated viewer put on a movie.</summary>
internal readonly record struct SimulatedTag(int ViewerId, int MovieId, string Tag, long UnixSeconds);

/// <summary>
/// Makes ratings for a catalog that has none, so that a first run has something to learn from. Nobody's data went into
/// it: the viewers are drawn from the model below, and the same movies, number of viewers and seed give the same ratings.
/// <para><b>Movies.</b> Movie j has genres G, an era, a language group, a hidden style z of four standard normals that no
/// metadata tells (so that collaborative filtering can find what a sentence encoder cannot), a pull
/// p = 1 / (rank + 12), rank being its place by votes with a Korean movie's counted six times over (the audience is Korean,
/// TMDB's voters are not), and a quality q = vote average - 7.2, kept within 1.5.</para>
/// <para><b>Viewers.</b> Viewer u belongs to one <see cref="ViewerArchetype"/>, whose likings are perturbed by normals of
/// deviation 0.4 (genres) and 0.3 (eras, languages), and has a style h of four standard normals, a bias b ~ N(0, 0.3), a
/// temper s ~ U(0.8, 1.2), and an activity n = 20 + 16 U/(1-U) ratings, at most 55 % of the movies.</para>
/// <para><b>Affinity.</b> a = sum of u's liking of G / sqrt(|G|) + era + language + 0.3 h.z.</para>
/// <para><b>What is watched.</b> Ratings come in sessions, the first of 8 to 16 movies as at a sign-up, later ones of 1 to 6,
/// days apart. A movie that is unseen and already released is drawn with weight p (0.1 + max(0, 1 + a)^2), three times
/// that where it shares the session's theme, a genre of the session's first movie.</para>
/// <para><b>Stars.</b> 3.6 + b + 0.3 q + 0.5 s (a - A) + N(0, 0.45), to the nearest half star from 0.5 to 5, where A is u's
/// affinity expected under the weights of a first draw: taste decides what is watched, and so the watched is liked.</para>
/// <para>Only sums, products, quotients and square roots are used, which IEEE 754 rounds alike on every machine.</para>
/// </summary>
internal sealed class RatingSimulator
{
    private const int StyleDimension = 4;
    private const double KoreanAudience = 6;
    private const double ThemePull = 3;
    private const int FewestRatings = 20;
    private const double LargestPart = 0.55;
    private const long SecondsPerDay = 86_400;

    private static readonly long FirstJoin = UnixDay(2019, 1, 1);
    private static readonly long LastJoin = UnixDay(2025, 12, 31);
    private static readonly long EndOfTime = UnixDay(2026, 10, 31);

    private readonly IReadOnlyList<SampleMovie> _movies;
    private readonly int _seed;
    private readonly double[] _pull;
    private readonly double[] _quality;
    private readonly double[][] _style;
    private readonly long[] _released;

    /// <param name="movies">The catalog, by ascending id.</param>
    /// <param name="seed">Any number; the committed sample's is in data/sample/README.md.</param>
    public RatingSimulator(IReadOnlyList<SampleMovie> movies, int seed)
    {
        _movies = movies;
        _seed = seed;
        _pull = new double[movies.Count];
        var byRenown = Enumerable.Range(0, movies.Count).OrderByDescending(j => Renown(movies[j])).ThenBy(j => movies[j].MovieId).ToArray();
        for (var rank = 0; rank < byRenown.Length; rank++)
        {
            _pull[byRenown[rank]] = 1.0 / (rank + 12);
        }

        _quality = [.. movies.Select(movie => Math.Clamp(movie.VoteAverage - 7.2, -1.5, 1.5))];
        _style = [.. movies.Select(movie => Normals(SeededRandom.For(seed, SeededRandom.Stream.MovieStyle, movie.MovieId), StyleDimension))];
        _released = [.. movies.Select(movie => UnixDay(movie.ReleaseDate.Year, movie.ReleaseDate.Month, movie.ReleaseDate.Day))];
    }

    /// <summary>The ratings of viewers 1 to <paramref name="viewers"/>, by viewer and time.</summary>
    public IEnumerable<SimulatedRating> Ratings(int viewers) => Enumerable.Range(1, viewers).SelectMany(RatingsOf);

    /// <summary>Words on movies rated 4 or higher: one viewer in four uses them, on one such movie in six, out of the movie's keywords.</summary>
    public IEnumerable<SimulatedTag> Tags(IEnumerable<SimulatedRating> ratings)
    {
        var keywords = _movies.ToDictionary(movie => movie.MovieId, movie => movie.Keywords);
        foreach (var ofViewer in ratings.GroupBy(rating => rating.ViewerId))
        {
            var random = SeededRandom.For(_seed, SeededRandom.Stream.Tags, ofViewer.Key);
            if (random.NextInt(0, 4) != 0)
            {
                continue;
            }

            foreach (var rating in ofViewer.Where(rating => rating.Stars >= 4))
            {
                var words = keywords[rating.MovieId];
                if (random.NextInt(0, 6) == 0 && words.Count > 0)
                {
                    yield return new(rating.ViewerId, rating.MovieId, words[random.NextInt(0, words.Count)],
                        rating.UnixSeconds + random.NextInt(5, 60));
                }
            }
        }
    }

    private IEnumerable<SimulatedRating> RatingsOf(int viewerId)
    {
        var random = SeededRandom.For(_seed, SeededRandom.Stream.Viewer, viewerId);
        var affinity = Affinities(random);
        var bias = 0.3 * random.NextNormal();
        var temper = 0.8 + (0.4 * random.NextUniform());
        var most = Math.Max(1, (int)(LargestPart * _movies.Count));
        var activity = (int)Math.Min(most, FewestRatings + (16 * random.NextLongTailed()));

        var weights = new double[_movies.Count];
        for (var j = 0; j < weights.Length; j++)
        {
            var liking = Math.Max(0, 1 + affinity[j]);
            weights[j] = _pull[j] * (0.1 + (liking * liking));
        }

        var expected = WeightedMean(affinity, weights);
        var seen = new bool[_movies.Count];
        var day = FirstJoin + (random.NextInt(0, (int)((LastJoin - FirstJoin) / SecondsPerDay)) * SecondsPerDay);
        var size = random.NextInt(8, 17);
        for (var rated = 0; rated < activity && day < EndOfTime;)
        {
            // Evenings in Seoul: from 19:00 to 23:00 at UTC+9.
            var now = day + (10 * 3600) + random.NextInt(0, 4 * 3600);
            string? theme = null;
            for (var i = 0; i < size && rated < activity; i++, rated++)
            {
                var j = Draw(random, weights, seen, theme, now);
                if (j < 0)
                {
                    yield break;
                }

                seen[j] = true;
                theme ??= _movies[j].Genres[random.NextInt(0, _movies[j].Genres.Count)];
                var stars = 3.6 + bias + (0.3 * _quality[j]) + (0.5 * temper * (affinity[j] - expected)) + (0.45 * random.NextNormal());
                yield return new(viewerId, _movies[j].MovieId, HalfStars(stars), now);
                now += random.NextInt(15, 180);
            }

            day += (1 + (long)Math.Min(90, 6 * random.NextLongTailed())) * SecondsPerDay;
            size = random.NextInt(1, 7);
        }
    }

    private double[] Affinities(SeededRandom random)
    {
        var archetype = PickArchetype(random);
        var genres = _movies.SelectMany(movie => movie.Genres).Distinct().Order(StringComparer.Ordinal)
            .ToDictionary(genre => genre, genre => archetype.Genres.GetValueOrDefault(genre) + (0.4 * random.NextNormal()), StringComparer.Ordinal);
        var eras = Enum.GetValues<Era>().ToDictionary(era => era, era => archetype.Eras.GetValueOrDefault(era) + (0.3 * random.NextNormal()));
        var languages = Enum.GetValues<LanguageGroup>()
            .ToDictionary(group => group, group => archetype.Languages.GetValueOrDefault(group) + (0.3 * random.NextNormal()));
        var style = Normals(random, StyleDimension);

        var affinity = new double[_movies.Count];
        for (var j = 0; j < affinity.Length; j++)
        {
            var movie = _movies[j];
            var ofGenres = 0.0;
            foreach (var genre in movie.Genres)
            {
                ofGenres += genres[genre];
            }

            var ofStyle = 0.0;
            for (var k = 0; k < StyleDimension; k++)
            {
                ofStyle += style[k] * _style[j][k];
            }

            affinity[j] = (ofGenres / Math.Sqrt(movie.Genres.Count)) + eras[EraOf(movie)] + languages[LanguageOf(movie)] + (0.3 * ofStyle);
        }

        return affinity;
    }

    /// <summary>An unseen, released movie drawn by weight, or -1 where none is left.</summary>
    private int Draw(SeededRandom random, double[] weights, bool[] seen, string? theme, long now)
    {
        var total = 0.0;
        for (var j = 0; j < weights.Length; j++)
        {
            total += WeightNow(j);
        }

        var point = random.NextUniform() * total;
        var last = -1;
        for (var j = 0; j < weights.Length; j++)
        {
            var weight = WeightNow(j);
            if (weight <= 0)
            {
                continue;
            }

            last = j;
            point -= weight;
            if (point < 0)
            {
                break;
            }
        }

        return last;

        double WeightNow(int j) =>
            seen[j] || _released[j] > now ? 0 : theme is not null && _movies[j].Genres.Contains(theme) ? ThemePull * weights[j] : weights[j];
    }

    private static ViewerArchetype PickArchetype(SeededRandom random)
    {
        var point = random.NextUniform() * ViewerArchetype.All.Sum(archetype => archetype.Share);
        foreach (var archetype in ViewerArchetype.All)
        {
            point -= archetype.Share;
            if (point < 0)
            {
                return archetype;
            }
        }

        return ViewerArchetype.All[^1];
    }

    private static double WeightedMean(double[] values, double[] weights)
    {
        var sum = 0.0;
        var total = 0.0;
        for (var j = 0; j < values.Length; j++)
        {
            sum += values[j] * weights[j];
            total += weights[j];
        }

        return sum / total;
    }

    private static double Renown(SampleMovie movie) => movie.VoteCount * (movie.Language == "ko" ? KoreanAudience : 1);

    private static double HalfStars(double stars) => Math.Clamp(Math.Floor((stars * 2) + 0.5) / 2, 0.5, 5);

    private static double[] Normals(SeededRandom random, int count)
    {
        var normals = new double[count];
        for (var k = 0; k < count; k++)
        {
            normals[k] = random.NextNormal();
        }

        return normals;
    }

    private static Era EraOf(SampleMovie movie) => movie.ReleaseDate.Year switch
    {
        < 1980 => Era.Before1980,
        < 2000 => Era.Before2000,
        < 2010 => Era.Before2010,
        _ => Era.Since2010,
    };

    private static LanguageGroup LanguageOf(SampleMovie movie) => movie.Language switch
    {
        "ko" => LanguageGroup.Korean,
        "en" => LanguageGroup.English,
        _ => LanguageGroup.Other,
    };

    private static long UnixDay(int year, int month, int day) => new DateTimeOffset(year, month, day, 0, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds();
}
