using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using MovieSir.Data.Names;
using MovieSir.Inference.Catalog;
using MovieSir.Inference.Numerics;
using MovieSir.Inference.Offline.Embed;
using MovieSir.Inference.Serving.Search;
using MovieSir.ServiceDefaults.InferenceContract;
using MovieSir.Tests.Encoders;
using MovieSir.Tests.Inference.Offline.Import;
using MovieSir.Tests.Infrastructure;

namespace MovieSir.Tests.Inference.Serving;

/// <summary>
/// Search with the default encoder over the sample, among twice as many movies of which only a title is known: names, meaning, and what is never
/// pushed out.
/// </summary>
public sealed class SearchTests(SearchFixture fixture, ITestOutputHelper output) : IClassFixture<SearchFixture>
{
    private readonly EngineHost _host = fixture.Host;

    [Theory]
    [InlineData("as written")]
    [InlineData("upper case")]
    [InlineData("lower case")]
    [InlineData("without spaces")]
    [InlineData("full width")]
    [InlineData("decomposed")]
    public async Task A_title_in_either_language_is_first_however_it_is_spelled(string spelling)
    {
        var snapshot = _host.Catalog.Snapshot;
        foreach (var (language, titleOf) in new (string, Func<MovieRecord, string?>)[] { ("English", m => m.TitleEn), ("Korean", m => m.TitleKo) })
        {
            var (asked, first) = (0, 0);
            for (var row = 0; row < snapshot.Count; row += 2)
            {
                if (RowSet.Contains(snapshot.Described, row) && titleOf(snapshot.Movies[row]) is { } title)
                {
                    var answer = await AskAsync(Spell(title, spelling), 3);
                    asked++;
                    first += answer.Movies.Count > 0 && IsNamed(answer.Movies[0].MovieId, title) ? 1 : 0;
                }
            }

            output.WriteLine($"{language} titles, {spelling}: {first} of {asked} first");
            Assert.InRange(first, Math.Ceiling(asked * 0.99), asked);
        }
    }

    [Fact]
    public async Task Queries_by_meaning_are_answered_better_by_all_lists_than_by_either()
    {
        var queries = Judged();
        Assert.InRange(queries.Length, 60, int.MaxValue);
        foreach (var (language, text, least) in new[] { ("English", 0, 0.70), ("Korean", 1, 0.64) })
        {
            var gains = new List<double>();
            foreach (var (texts, grades) in queries)
            {
                var answer = await AskAsync(texts[text], 10);
                gains.Add(Gain(answer.Movies.Select(movie => grades.GetValueOrDefault(movie.MovieId))) / Gain(grades.Values.OrderDescending()));
            }

            output.WriteLine($"{language}: nDCG@10 {gains.Average():F3} over {gains.Count} queries");
            Assert.InRange(gains.Average(), least, 1);
        }
    }

    [Theory]
    [InlineData("비 오는 날 잔잔한 사랑 이야기")]
    [InlineData("a sad love story")]
    [InlineData("heist")]
    [InlineData("zombie train")]
    [InlineData("space")]
    [InlineData("blank")]
    public async Task A_movie_of_which_only_the_title_is_known_stands_behind_all_others_unless_it_is_asked_for(string query)
    {
        var answer = await AskAsync(query, 20);
        Assert.Equal(20, answer.Movies.Count);
        Assert.All(answer.Movies, movie => Assert.True(movie.Overview is not null || IsNamed(movie.MovieId, query), movie.Title));
    }

    [Fact]
    public async Task It_is_found_by_its_title()
    {
        var answer = await AskAsync("blank card", 5);
        Assert.Equal("Blank Card", answer.Movies[0].Title);
        Assert.Contains(SearchMatch.Title, answer.Movies[0].MatchedBy);
        Assert.Equal(SearchMatch.Title, answer.MatchedBy);
    }

    [Theory]
    [InlineData("비 오는 날 잔잔한", new[] { 499028, 42190, 26935, 95453 })]
    [InlineData("우주에 홀로 남은", new[] { 49047, 286217, 157336, 10681 })]
    [InlineData("복수하는 여자", new[] { 4550, 24, 437109, 59421 })]
    public async Task A_mood_in_Korean_finds_movies_that_suit_it(string query, int[] suitable)
    {
        var answer = await AskAsync(query, 10);
        Assert.NotEmpty(answer.Movies.Select(movie => movie.MovieId).Intersect(suitable));
    }

    [Fact]
    public void Each_line_of_the_glosses_says_Korean_words_in_English_and_none_twice()
    {
        var path = Path.Combine(RepositoryPaths.Root, "MovieSir.Inference", "Serving", "Search", "korean-glosses.tsv");
        var stems = new List<string>();
        foreach (var line in File.ReadLines(path).Where(line => line.Length > 0 && line[0] != '#'))
        {
            var fields = line.Split('\t');
            Assert.Equal(2, fields.Length);
            Assert.Matches("^[a-z ]+$", fields[1]);
            Assert.Matches("^[가-힣* ]+$", fields[0]);
            stems.AddRange(fields[0].Split(' ').Select(stem => stem.TrimEnd('*')));
        }

        Assert.DoesNotContain(stems.CountBy(stem => stem), stem => stem.Value > 1);
        var glosses = new KoreanGlosses();
        Assert.Equal("rain rainy calm quiet gentle", glosses.Of("비가 잔잔한"));
        Assert.Equal("time travel", glosses.Of("시간 여행"));
        Assert.Equal("", glosses.Of("가나다라"));
    }

    private static string Spell(string title, string spelling) => spelling switch
    {
        "upper case" => title.ToUpperInvariant(),
        "lower case" => title.ToLowerInvariant(),
        "without spaces" => title.Replace(" ", "", StringComparison.Ordinal),
        "full width" => string.Concat(title.Select(c => c is > ' ' and < '\u007F' ? (char)(c + 0xFEE0) : c)),
        "decomposed" => title.Normalize(System.Text.NormalizationForm.FormD),
        _ => title,
    };

    private bool IsNamed(int movieId, string title)
    {
        ref readonly var movie = ref _host.Catalog.Snapshot.Movies[_host.Catalog.Snapshot.RowOf[movieId]];
        var letters = NameLetters.Of(title);
        return new[] { movie.TitleEn, movie.TitleKo, movie.OriginalTitle }.Any(other => other is not null
            && NameLetters.Of(other).Contains(letters, StringComparison.Ordinal));
    }

    private static (string[] Texts, Dictionary<int, int> Grades)[] Judged() =>
    [
        .. File.ReadLines(Path.Combine(RepositoryPaths.Root, "bench", "Search", "judged-queries.tsv"))
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split('\t')).Select(fields => (fields[..2], fields[2].Split(' ').Select(movie => movie.Split(':')).ToDictionary(
                movie => int.Parse(movie[0], CultureInfo.InvariantCulture), movie => movie.Length))),
    ];

    private static double Gain(IEnumerable<int> grades) =>
        grades.Take(10).Select((grade, rank) => (Math.Pow(2, grade) - 1) / Math.Log2(rank + 2)).Sum();

    private Task<SearchResponse> AskAsync(string query, int k) => _host.PostAsync<SearchResponse>("/search", new { query, k, allow_adult = true });
}

/// <summary>The service with the default encoder on the sample and on movies of which only a title is known.</summary>
public sealed class SearchFixture(TestServers servers, DefaultEncoderFixture encoder) : IAsyncLifetime
{
    private static readonly string[] Words =
    [
        "Blank", "List", "Space", "Love", "Train", "Family", "Night", "Card", "Row", "Zombie", "Heist", "Rain", "Story", "Sad", "Funny", "Robot",
        "War", "House", "Game", "Road", "City", "Summer", "Boy", "Girl", "Last", "First", "King", "Secret", "Dream", "Time", "Sea", "Fire",
    ];

    private ImportBench _import = null!;

    internal EngineHost Host { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _import = await ImportBench.CreateAsync(servers);
        await _import.ImportedAsync(Path.Combine(RepositoryPaths.Root, "data", "sample", "movies.jsonl"));
        // Beside the sample, as an import that keeps it would leave them.
        var stubs = Words.SelectMany((first, i) => Words.Select((second, k) => (Id: 990_001 + (i * Words.Length) + k, Title: $"{first} {second}")));
        var file = _import.Write("stubs.jsonl", [.. stubs.Select(stub => $$"""{"id":{{stub.Id}},"title":"{{stub.Title}}","genre_ids":[18]}""")]);
        await _import.ImportAsync(_import.Settings(keepSample: true), file);
        var source = _import.Database.DataSource;
        await new EmbedJob(encoder.Encoder, new EmbeddingStore(source), NullLogger<EmbedJob>.Instance)
            .RunAsync(force: false, new Progress<EmbedStatus>(), TestContext.Current.CancellationToken);
        Host = await EngineHost.StartAsync(_import.Database.ConnectionString, encoder: encoder.Encoder);
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await _import.DisposeAsync();
    }
}
