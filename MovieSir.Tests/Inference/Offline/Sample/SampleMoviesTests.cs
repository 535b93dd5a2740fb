using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using System.Text.RegularExpressions;
using MovieSir.Data.Catalog;
using MovieSir.Tests.Infrastructure;

namespace MovieSir.Tests.Inference.Offline.Sample;

/// <summary>What a visitor of a first run reads is complete, is ours, and says which part of it is invented.</summary>
public sealed partial class SampleMoviesTests
{
    [Fact]
    public void There_are_over_400_movies_and_no_id_stands_twice()
    {
        var movies = SampleData.Movies;
        Assert.True(movies.Count >= 400, $"{movies.Count} movies");
        Assert.Equal(movies.Count, movies.Select(movie => movie.Id()).Distinct().Count());
        Assert.Equal(movies.Count, movies.Select(movie => movie.Text("imdb_id")).Distinct().Count());
        Assert.All(movies, movie => Assert.Matches("^tt[0-9]{7,8}$", movie.Text("imdb_id")));
    }

    [Fact]
    public void Over_a_third_of_the_movies_is_Korean()
    {
        var share = SampleData.Movies.Count(movie => movie.Text("original_language") == "ko") / (double)SampleData.Movies.Count;
        Assert.InRange(share, 0.35, 0.5);
    }

    [Fact]
    public void Every_movie_is_told_in_one_sentence_in_each_language() => Assert.All(SampleData.Movies, movie =>
    {
        Assert.NotEmpty(movie.Text("title"));
        Assert.NotEmpty(movie.Korean().Text("title"));

        var english = movie.Text("overview");
        Assert.InRange(english.Split(' ').Length, 12, 30);
        Assert.Matches(OneSentence(), english);

        var korean = movie.Korean().Text("overview");
        Assert.InRange(korean.Length, 20, 120);
        Assert.Matches(OneSentence(), korean);
        Assert.Matches("[가-힣]", korean);
        Assert.EndsWith("다.", korean, StringComparison.Ordinal);
    });

    [Fact]
    public void Every_movie_has_plausible_facts()
    {
        var genres = KnownGenres.All.ToDictionary(genre => genre.GenreId, genre => genre.NameEn);
        Assert.All(SampleData.Movies, movie =>
        {
            Assert.InRange(movie.GetProperty("runtime").GetInt32(), 40, 300);
            var released = DateOnly.ParseExact(movie.Text("release_date"), "yyyy-MM-dd", CultureInfo.InvariantCulture);
            Assert.InRange(released.Year, 1920, 2026);
            Assert.InRange(movie.GetProperty("vote_average").GetDouble(), 1, 10);
            Assert.InRange(movie.GetProperty("vote_count").GetInt32(), 1, 100_000);
            Assert.False(movie.GetProperty("adult").GetBoolean());
            Assert.Equal(JsonValueKind.Null, movie.GetProperty("poster_path").ValueKind);
            Assert.Matches("^[a-z]{2}$", movie.Text("original_language"));
            Assert.NotEmpty(movie.Text("original_title"));

            var ofMovie = movie.GetProperty("genres").EnumerateArray().ToArray();
            Assert.NotEmpty(ofMovie);
            Assert.All(ofMovie, genre => Assert.Equal(genres[genre.Id()], genre.Text("name")));
            Assert.InRange(movie.GetProperty("keywords").GetProperty("keywords").GetArrayLength(), 2, 5);
        });
    }

    [Fact]
    public void Every_genre_decade_and_length_of_evening_has_movies()
    {
        var movies = SampleData.Movies;
        foreach (var genre in KnownGenres.All.Where(genre => genre.NameEn != "TV Movie"))
        {
            var count = movies.Count(movie => movie.GetProperty("genres").EnumerateArray().Any(of => of.Id() == genre.GenreId));
            Assert.True(count >= 5, $"{genre.NameEn}: {count} movies");
        }

        for (var decade = 192; decade <= 202; decade++)
        {
            var count = movies.Count(movie => movie.Text("release_date").StartsWith($"{decade}", StringComparison.Ordinal));
            Assert.True(count >= 5, $"{decade}0s: {count} movies");
        }

        foreach (var (from, to) in new[] { (0, 95), (96, 120), (121, 150), (151, 300) })
        {
            var count = movies.Count(movie => movie.GetProperty("runtime").GetInt32() is var minutes && minutes >= from && minutes <= to);
            Assert.True(count >= 25, $"{from}-{to} minutes: {count} movies");
        }
    }

    [Fact]
    public void Invented_availability_is_marked_on_every_movie_and_a_provider_id_has_one_name()
    {
        Assert.All(SampleData.Movies, movie => Assert.True(movie.GetProperty("availability_is_sample").GetBoolean()));
        var offers = SampleData.Movies
            .SelectMany(movie => movie.GetProperty("watch/providers").GetProperty("results").EnumerateObject())
            .SelectMany(region => region.Value.GetProperty("flatrate").EnumerateArray()
                .Select(offer => (Region: region.Name, Id: offer.GetProperty("provider_id").GetInt32(), Name: offer.Text("provider_name"))))
            .ToArray();
        Assert.Equal(["KR", "US"], offers.Select(offer => offer.Region).Distinct().Order());
        Assert.All(offers.GroupBy(offer => offer.Id), ofProvider => Assert.Single(ofProvider.Select(offer => offer.Name).Distinct()));
        Assert.All(offers.GroupBy(offer => (offer.Region, offer.Id)),
            movies => Assert.True(movies.Count() >= 20, $"{movies.Key}: {movies.Count()} movies"));
    }

    [Theory]
    [InlineData("movies.jsonl")]
    [InlineData("movies-62k.jsonl.gz")]
    public void No_sentence_is_taken_from_the_development_data(string fileName)
    {
        var path = Path.Combine(RepositoryPaths.Shared, "data", "tmdb", fileName);
        Assert.SkipUnless(File.Exists(path), $"{path} is not there: nothing to compare with.");

        var ours = SampleData.Movies.SelectMany(movie => new[] { movie.Text("overview"), movie.Korean().Text("overview") }).Select(Bare).ToHashSet();
        Assert.Equal(2 * SampleData.Movies.Count, ours.Count);
        foreach (var line in Lines(path))
        {
            using var movie = JsonDocument.Parse(line);
            Assert.All(Sentences(movie.RootElement), sentence => Assert.DoesNotContain(Bare(sentence), ours));
        }
    }

    /// <summary>A movie's overviews, whole and sentence by sentence.</summary>
    private static IEnumerable<string> Sentences(JsonElement movie)
    {
        var overviews = movie.TryGetProperty("overview", out var english) ? [english.GetString()] : new List<string?>();
        if (movie.TryGetProperty("translations", out var translations))
        {
            overviews.AddRange(translations.GetProperty("translations").EnumerateArray()
                .Select(translation => translation.GetProperty("data").TryGetProperty("overview", out var overview) ? overview.GetString() : null));
        }

        return overviews.OfType<string>().SelectMany(overview => overview.Split(". ").Append(overview)).Where(sentence => Bare(sentence).Length > 0);
    }

    private static IEnumerable<string> Lines(string path)
    {
        using var file = File.OpenRead(path);
        using var text = new StreamReader(path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file);
        while (text.ReadLine() is { } line)
        {
            yield return line;
        }
    }

    /// <summary>Letters and digits only, so that punctuation hides no copy.</summary>
    private static string Bare(string text) => string.Concat(text.Where(char.IsLetterOrDigit)).ToUpperInvariant();

    [GeneratedRegex(@"^[^.!?]+(?:(?<=Mr|Dr|No)\.[^.!?]+)*\.$")]
    private static partial Regex OneSentence();
}
