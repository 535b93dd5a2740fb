using System.Numerics.Tensors;
using System.Text.Json;
using MovieSir.Inference.Encoding;
using MovieSir.Tests.Infrastructure;

namespace MovieSir.Tests.Encoders;

public sealed class DefaultEncoderTests(DefaultEncoderFixture fixture)
{
    private const string LongText = "In space no one can hear you scream. ";

    // What @energetic-ai/embeddings 0.2.0 computes with TensorFlow.js (CPU) for these texts: the first 16 of 512 numbers.
    public static TheoryData<string, float[]> Originals => new()
    {
        {
            "How are you?",
            [-0.035179f, -0.053598f, -0.051498f, 0.034814f, -0.054973f, 0.007791f, 0.054967f, 0.054405f, -0.018456f, -0.0265f, -0.034088f,
                -0.001735f, -0.024351f, 0.049018f, -0.053939f, -0.032973f]
        },
        {
            "A cowboy doll is profoundly threatened when a new spaceman figure supplants him as top toy in a boy's room.",
            [0.083376f, 0.016886f, -0.050005f, 0.014085f, -0.019526f, -0.026373f, -0.02086f, -0.038412f, 0.000044f, 0.058662f, -0.027917f,
                0.019375f, -0.071745f, 0.031426f, -0.052272f, -0.005227f]
        },
        {
            "The aging patriarch of an organized crime dynasty transfers control to his reluctant son: blood, 1945, “family” & honor — Amélie's café.",
            [-0.040083f, 0.052817f, 0.030002f, 0.048824f, -0.042543f, -0.024389f, 0.034133f, -0.059336f, 0.049305f, -0.02565f, 0.075655f,
                0.026656f, -0.051588f, 0.074651f, -0.050822f, 0.045152f]
        },
        {
            string.Concat(Enumerable.Repeat(LongText, 30)).TrimEnd(),
            [0.031954f, -0.025671f, -0.050178f, -0.001147f, -0.025738f, -0.061828f, 0.039783f, 0.026859f, 0.007611f, -0.006938f, -0.069372f,
                -0.06881f, 0.011617f, 0.025738f, -0.060366f, -0.052799f]
        },
    };

    [Theory]
    [MemberData(nameof(Originals))]
    public async Task Vectors_are_those_of_the_original_model(string text, float[] expected)
    {
        var vector = Assert.Single(await EncodeAsync(text))!;

        Assert.Equal(512, vector.Length);
        Assert.Equal(1, TensorPrimitives.Norm<float>(vector), 1e-5f);
        Assert.All(expected.Zip(vector), pair => Assert.Equal(pair.First, pair.Second, 2e-5f));
    }

    [Fact]
    public async Task Neither_company_nor_order_changes_a_vector()
    {
        string[] texts = [.. Enumerable.Range(0, 90).Select(i => string.Concat(Enumerable.Repeat($"Movie number {i} is about the sea. ", 1 + i * 7 % 23)))];
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
    [InlineData("")]
    [InlineData(" \t\n")]
    [InlineData("...?!")]
    [InlineData("🎬🍿")]
    public async Task A_text_that_the_vocabulary_does_not_know_has_no_embedding(string text) => Assert.Equal([null], await EncodeAsync(text));

    [Fact]
    public async Task A_text_without_embedding_does_not_shift_the_others()
    {
        var vectors = await EncodeAsync("a movie about toys", "장난감 이야기", "a movie about toys");
        Assert.Null(vectors[1]);
        Assert.Equal(1, TensorPrimitives.Dot<float>(vectors[0]!, vectors[2]!), 1e-5f);
    }

    [Theory]
    [InlineData("Toy Story", "Toy Story 2", "Toy Story 3")]
    [InlineData("Godfather, The", "Godfather: Part II, The")]
    public async Task Nearest_movies_are_those_a_person_would_name(string title, params string[] expected)
    {
        var path = Path.Combine(RepositoryPaths.Shared, "data", "tmdb", "movies.jsonl");
        Assert.SkipUnless(File.Exists(path), $"{path} is not there");
        // One movie in ten, and those that the test names: enough for chance to have its say.
        var movies = File.ReadLines(path).Select(line => JsonDocument.Parse(line).RootElement)
            .Select(movie => (Title: movie.GetProperty("title").GetString()!, Overview: movie.GetProperty("overview").GetString() ?? ""))
            .Where((movie, i) => i % 10 == 0 || movie.Title == title || expected.Contains(movie.Title)).ToArray();

        var vectors = await EncodeAsync([.. movies.Select(movie => $"{movie.Title}. {movie.Overview}")]);
        var query = vectors[Array.FindIndex(movies, movie => movie.Title == title)]!;
        var nearest = movies.Zip(vectors).Where(pair => pair.First.Title != title && pair.Second is not null)
            .OrderByDescending(pair => TensorPrimitives.Dot<float>(query, pair.Second!)).Select(pair => pair.First.Title).Take(5).ToArray();

        TestContext.Current.TestOutputHelper?.WriteLine($"{title}: {string.Join(" · ", nearest)}");
        Assert.Subset(nearest.ToHashSet(), expected.ToHashSet());
    }

    private async Task<IReadOnlyList<float[]?>> EncodeAsync(params string[] texts)
    {
        var encoder = await fixture.GetAsync();
        return await encoder.EncodeAsync(texts, EncodingRole.Passage, TestContext.Current.CancellationToken);
    }
}
