using MovieSir.Inference.Models;

namespace MovieSir.Tests.Inference.Models;

public sealed class ModelBuilderTests
{
    // The last id decides how rows are looked up.
    [Theory]
    [InlineData(90)]
    [InlineData(int.MaxValue)]
    public void Successors_are_aligned_with_the_movies_of_the_snapshot(int last)
    {
        int[] movies = [0, 20, 30, 50, last];
        // Movies 10, 40 and 60 are not in the snapshot; 20 and 50 have no successors.
        var lists = new SuccessorLists(
            [0, 10, 30, last], [0, 3, 4, 6, 8], [last, 10, 20, 0, 60, 0, 40, 50], [0.5f, 9f, 0.25f, 9f, 9f, 0.125f, 9f, 0.75f]);
        var rowOf = movies.Index().ToDictionary(movie => movie.Item, movie => movie.Index);
        var whole = new ModelBuilder(movies, rowOf);
        whole.SetSuccessors(lists, 0.7f);
        var streamed = new ModelBuilder(movies, rowOf, expectedSuccessors: 2);
        for (var movie = 0; movie < lists.MovieIds.Length; movie++)
        {
            streamed.AddSuccessors(lists.MovieIds[movie], lists.SuccessorsOf(movie), lists.WeightsOf(movie));
        }

        streamed.EndSuccessors(0.7f);

        foreach (var successors in new[] { whole.Build().Successors!, streamed.Build().Successors! })
        {
            Assert.Equal(4, successors.Count);
            Assert.Equal([0f, 0.25f, 0f, 0f, 0.5f], Of(successors, 0));
            Assert.Equal([0f, 0f, 0f, 0f, 0f], Of(successors, 1));
            Assert.Equal([0.125f, 0f, 0f, 0f, 0f], Of(successors, 2));
            Assert.Equal([0f, 0f, 0f, 0f, 0f], Of(successors, 3));
            Assert.Equal([0f, 0f, 0f, 0.75f, 0f], Of(successors, 4));
        }

        Assert.False(whole.TryFindRow(-1, out _));
        Assert.False(whole.TryFindRow(int.MaxValue - 1, out _));
        Assert.True(whole.TryFindRow(last, out var row) && row == 4);
    }

    [Fact]
    public void A_model_without_successors_has_none_and_one_of_other_movies_has_empty_ones()
    {
        int[] movies = [20, 30];
        var rowOf = new Dictionary<int, int> { [20] = 0, [30] = 1 };
        var without = new ModelBuilder(movies, rowOf);
        without.EndSuccessors(0.7f);
        var other = new ModelBuilder(movies, rowOf);
        other.AddSuccessors(25, [20], [1f]);
        other.EndSuccessors(0.7f);

        Assert.Null(without.Build().Successors);
        Assert.Equal([0f, 0f], Of(other.Build().Successors!, 1, movies: 2));
    }

    private static float[] Of(Successors successors, int row, int movies = 5)
    {
        var sums = new float[movies];
        successors.Add(row, 1f, sums);
        return sums;
    }
}
