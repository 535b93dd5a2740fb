using MovieSir.Inference.Catalog;
using MovieSir.Inference.Numerics;

namespace MovieSir.Tests.Inference.Catalog;

public sealed class TwinIndexTests
{
    private static readonly TwinIndex Twins = new(
        [.. new[] { "tt1", null, "tt2", "tt1", "tt3", "tt1", "" }.Select(
            id => new MovieRecord { TitleEn = "A", ImdbId = id, Genres = [], Otts = [] })],
        [5, 9, 1, 7, 1, 7, 1]);

    [Theory]
    [InlineData(new[] { 0, 1, 2, 3, 4, 5, 6 }, new[] { 1, 2, 3, 4, 6 })]
    [InlineData(new[] { 0, 5 }, new[] { 5 })]
    [InlineData(new[] { 0, 1, 2 }, new[] { 0, 1, 2 })]
    [InlineData(new int[0], new int[0])]
    public void Of_one_movie_under_several_ids_the_one_that_tells_most_is_kept(int[] rows, int[] kept)
    {
        var set = new ulong[RowSet.WordCount(7)];
        foreach (var row in rows)
        {
            RowSet.Add(set, row);
        }

        Twins.KeepOne(set);

        Assert.Equal(kept, Enumerable.Range(0, 7).Where(row => RowSet.Contains(set, row)));
    }
}
