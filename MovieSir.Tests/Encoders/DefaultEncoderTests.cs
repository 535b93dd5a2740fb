using System.Numerics.Tensors;
using System.Text.Json;
using MovieSir.Inference.Encoding;
using MovieSir.Tests.Infrastructure;

namespace MovieSir.Tests.Encoders;

public sealed class DefaultEncoderTests(DefaultEncoderFixture fixture)
{
    private const string LongText = "In space no one can hear you scream. ";

    // What the model's authors publish of it (sbert.net, the model's page): how the vector of this sentence begins.
    [Fact]
    public async Task Vectors_are_those_of_the_original_model()
    {
        var vector = Assert.Single(await EncodeAsync("This is an example sentence"))!;

        Assert.Equal(384, vector.Length);
        Assert.Equal(1, TensorPrimitives.Norm<float>(vector), 1e-5f);
        Assert.All(vector.Zip([0.0676569f, 0.0634959f, 0.0487131f, 0.0793049f]), pair => Assert.Equal(pair.Second, pair.First, 2e-5f));
    }

    [Fact]
    public async Task Likeness_is_that_of_the_original_model()
    {
        var vectors = await EncodeAsync("The weather is lovely today.", "It's so sunny outside!", "He drove to the stadium.");

        Assert.Equal(0.6660f, TensorPrimitives.Dot<float>(vectors[0]!, vectors[1]!), 1e-4f);
        Assert.Equal(0.1046f, TensorPrimitives.Dot<float>(vectors[0]!, vectors[2]!), 1e-4f);
        Assert.Equal(0.1411f, TensorPrimitives.Dot<float>(vectors[1]!, vectors[2]!), 1e-4f);
    }

    [Fact]
    public async Task What_a_text_says_beyond_256_tokens_does_not_count()
    {
        var text = string.Concat(Enumerable.Repeat(LongText, 40));
        var vectors = await EncodeAsync(text, text + "A comedy about a wedding in Paris.");
        Assert.Equal(vectors[0], vectors[1]);
    }

    [Fact]
    public async Task Neither_company_nor_order_changes_a_vector()
    {
        string[] texts = [.. Enumerable.Range(0, 90)
            .Select(i => string.Concat(Enumerable.Repeat($"Movie number {i} is about the sea. ", 1 + i * 7 % 23)))];
        var together = await EncodeAsync(texts);
        for (var i = 0; i < texts.Length; i++)
        {
            var alone = Assert.Single(await EncodeAsync(texts[i]))!;
            Assert.Equal(1, TensorPrimitives.Dot<float>(alone, together[i]!), 1e-4f);
        }
    }

    [Fact]
    public async Task Calls_at_once_get_their_own_vectors()
    {
        string[] texts = [.. Enumerable.Range(0, 24).Select(i => $"A story about {i} brothers, {i * i} horses and one river.")];
        var expected = await EncodeAsync(texts);
        var actual = await Task.WhenAll(texts.Select(text => Task.Run(() => EncodeAsync(text))));
        Assert.All(expected.Zip(actual), pair => Assert.Equal(1, TensorPrimitives.Dot<float>(pair.First!, pair.Second[0]!), 1e-4f));
    }

    [Theory]
    [InlineData("기생충")]
    [InlineData("전 세계를 뒤흔든 가족의 이야기, 그리고 반전.")]
    [InlineData("千と千尋の神隠し")]
    [InlineData("霸王别姬")]
    [InlineData("Иди и смотри")]
    [InlineData("جدایی نادر از سیمین")]
    [InlineData("2001 스페이스 오디세이")]
    [InlineData("007 스펙터")]
    [InlineData("8과 1/2")]
    [InlineData("월-E")]
    [InlineData("")]
    [InlineData(" \t\n")]
    [InlineData("...?!")]
    [InlineData("🎬🍿")]
    public async Task A_text_that_is_not_in_english_letters_has_no_embedding(string text) => Assert.Equal([null], await EncodeAsync(text));

    [Theory]
    [InlineData("toy story")]
    [InlineData("1917")]
    [InlineData("Amélie")]
    [InlineData("Parasite (기생충)")]
    public async Task A_text_of_which_most_letters_are_Latin_has_an_embedding(string text) => Assert.NotNull(Assert.Single(await EncodeAsync(text)));

    [Fact]
    public async Task A_text_without_embedding_does_not_shift_the_others()
    {
        var vectors = await EncodeAsync("a movie about toys", "장난감 이야기", "a movie about toys");
        Assert.Null(vectors[1]);
        Assert.Equal(1, TensorPrimitives.Dot<float>(vectors[0]!, vectors[2]!), 1e-5f);
    }

    [Fact]
    public async Task Nearest_movies_are_those_a_person_would_name()
    {
        var path = Path.Combine(RepositoryPaths.Shared, "data", "tmdb", "movies.jsonl");
        Assert.SkipUnless(File.Exists(path), $"{path} is not there");
        var expected = new Dictionary<string, string[]>
        {
            ["Toy Story"] = ["Toy Story 2", "Toy Story 3"],
            ["Godfather, The"] = ["Godfather: Part II, The"],
        };
        var named = expected.Keys.Concat(expected.Values.SelectMany(titles => titles)).ToHashSet();
        // One movie in ten, and those that are named: enough for chance to have its say.
        var movies = File.ReadLines(path).Select(line => JsonDocument.Parse(line).RootElement)
            .Select(movie => (Title: movie.GetProperty("title").GetString()!, Overview: movie.GetProperty("overview").GetString() ?? ""))
            .Where((movie, i) => i % 10 == 0 || named.Contains(movie.Title)).ToArray();
        var vectors = await EncodeAsync([.. movies.Select(movie => $"{movie.Title}. {movie.Overview}")]);

        foreach (var (title, near) in expected)
        {
            var query = vectors[Array.FindIndex(movies, movie => movie.Title == title)]!;
            var nearest = movies.Zip(vectors).Where(pair => pair.First.Title != title && pair.Second is not null)
                .OrderByDescending(pair => TensorPrimitives.Dot<float>(query, pair.Second!)).Select(pair => pair.First.Title).Take(5).ToArray();
            TestContext.Current.TestOutputHelper?.WriteLine($"{title}: {string.Join(" · ", nearest)}");
            Assert.Subset(nearest.ToHashSet(), near.ToHashSet());
        }
    }

    private Task<IReadOnlyList<float[]?>> EncodeAsync(params string[] texts) =>
        fixture.Encoder.EncodeAsync(texts, EncodingRole.Passage, TestContext.Current.CancellationToken);
}
