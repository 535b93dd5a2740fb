using System.Numerics.Tensors;
using MovieSir.Inference.Catalog;
using MovieSir.Inference.Engine.Ranking;
using MovieSir.Inference.Models;
using MovieSir.Inference.Numerics;

namespace MovieSir.Tests.Inference.Engine.Ranking;

public sealed class RankingUnitTests
{
    [Theory]
    [InlineData("Sci-Fi", "Science Fiction")]
    [InlineData("SF", "Science Fiction")]
    [InlineData(" science fiction ", "Science Fiction")]
    [InlineData("공상 과학", "Science Fiction")]
    [InlineData("호러", "Horror")]
    [InlineData("Children's", "Family")]
    public void A_genre_is_found_by_any_of_its_names(string name, string expected)
    {
        var index = new NameIndex([new(878, "Science Fiction", "SF"), new(27, "Horror", "공포"), new(10751, "Family", "가족")], NameAliases.Genres);
        Assert.Equal(expected, index.Entries[Assert.Single(index.Find(name).ToArray())].NameEn);
    }

    [Fact]
    public void One_provider_name_means_all_ids_that_carry_it()
    {
        var index = new NameIndex(
            [new(9, "Amazon Prime Video", null), new(119, "Amazon Prime Video", null), new(337, "Disney Plus", null), new(8, "Netflix", null)],
            NameAliases.Providers);
        Assert.Equal([0, 1], index.Find("프라임 비디오").ToArray());
        Assert.Equal([2], index.Find("디즈니+").ToArray());
        Assert.Equal([3], index.Find("넷플릭스").ToArray());
        Assert.True(index.Find("Disney").IsEmpty);
    }

    [Theory]
    [InlineData("Toy Story", "Toy Story 3")]
    [InlineData("The Godfather", "The Godfather: Part II")]
    [InlineData("The Godfather", "The Godfather Part III")]
    [InlineData("Mission: Impossible", "Mission: Impossible – Fallout")]
    [InlineData("Alien", "Alien: Covenant")]
    [InlineData("Rocky", "Rocky IV")]
    public void Movies_of_one_series_share_a_key(string one, string other) => Assert.Equal(SeriesNames.KeyOf(one), SeriesNames.KeyOf(other));

    [Theory]
    [InlineData("Se7en", "Seven Samurai")]
    [InlineData("Heat", "Heathers")]
    [InlineData("300", "1917")]
    public void Different_movies_have_different_keys(string one, string other) => Assert.NotEqual(SeriesNames.KeyOf(one), SeriesNames.KeyOf(other));

    [Theory]
    [InlineData(8)]
    [InlineData(31)]
    [InlineData(128)]
    [InlineData(512)]
    public void Kernels_agree_with_plain_arithmetic(int columns)
    {
        var random = new Random(columns);
        var matrix = new FloatMatrix(53, columns);
        foreach (ref var value in matrix.All)
        {
            value = random.NextSingle() - 0.5f;
        }

        int[] rows = [.. Enumerable.Range(0, 53).Where(_ => random.Next(3) > 0)];
        for (var length = 0; length <= 9; length++)
        {
            var output = new float[length];
            SimilarityKernel.Dot(matrix, rows.AsSpan(0, length), matrix.Row(0), output);
            for (var i = 0; i < length; i++)
            {
                Assert.Equal(TensorPrimitives.Dot<float>(matrix.Row(rows[i]), matrix.Row(0)), output[i], 1e-4);
            }
        }
    }

    [Fact]
    public void Reasons_add_up_to_the_score_that_they_explain()
    {
        const int Items = 40;
        var parameters = new IalsParameters { Dimension = 12 };
        var random = new Random(3);
        var factors = new float[Items * 12];
        for (var i = 0; i < factors.Length; i++)
        {
            factors[i] = random.NextSingle() - 0.5f;
        }

        var foldIn = new FoldIn(factors, Items, parameters);
        int[] profile = [4, 8, 15, 16, 23];
        var weights = new float[profile.Length];
        FoldIn.RecencyWeights(weights, 0.5f);
        var (user, scratch, contributions) = (new float[12], new float[foldIn.ScratchLength(profile.Length)], new float[profile.Length]);
        foldIn.Solve(profile, weights, user, scratch);
        for (var item = 0; item < Items; item++)
        {
            foldIn.Contributions(item, profile, weights, scratch, contributions);
            Assert.Equal(TensorPrimitives.Dot<float>(user, factors.AsSpan(item * 12, 12)), contributions.Sum(), 1e-4);
        }
    }

    [Fact]
    public void Noise_is_a_function_of_seed_and_movie_uniform_from_minus_one_to_one()
    {
        int[] movieIds = [.. Enumerable.Range(0, 20_000).Select(i => i * 3)];
        var rows = Row.UpTo(movieIds.Length);
        int[] series = [.. rows.Select(row => row.Index is 5 or 900 ? 0 : -1)];
        var (first, again, other) = (new float[rows.Length], new float[rows.Length], new float[rows.Length]);
        SeededNoise.Fill(first, rows, movieIds, series, 1);
        SeededNoise.Fill(again, rows, movieIds, series, 1);
        SeededNoise.Fill(other, rows, movieIds, series, 2);

        Assert.Equal(first, again);
        Assert.All(first, value => Assert.InRange(value, -1f, 1f));
        Assert.Equal(0, first.Average(), 0.02);
        Assert.Equal(1.0 / 3, first.Average(value => (double)value * value), 0.01);
        Assert.InRange(3 * first.Zip(other, (x, y) => (double)x * y).Average(), -0.03, 0.03);
        Assert.Equal(first[5], first[900]);
        Assert.NotEqual(first[5], first[6]);

        var single = new float[1];
        SeededNoise.Fill(single, [new Row(77)], movieIds, series, 1);
        Assert.Equal(first[77], single[0]);
    }

    [Fact]
    public void The_best_are_selected_in_order_and_ties_keep_theirs()
    {
        float[] values = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3];
        Assert.Equal([5, 7, 4, 8, 2, 0], TopValues.Select(values, 6));
        Assert.Equal(10, TopValues.Select(values, 50).Length);
        Assert.Empty(TopValues.Select([], 5));
    }
}
