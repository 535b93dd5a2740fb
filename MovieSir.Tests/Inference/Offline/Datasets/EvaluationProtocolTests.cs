using MovieSir.Inference.Offline.Datasets;

namespace MovieSir.Tests.Inference.Offline.Datasets;

public sealed class EvaluationProtocolTests
{
    [Fact]
    public void History_is_the_first_four_fifths_of_the_positives_by_time_and_targets_are_the_rest()
    {
        var builder = new RatingSetBuilder();
        var user = new UserKey(1, 5);
        for (var i = 0; i < 30; i++)
        {
            // Added newest first; every third rating is no positive.
            builder.Add(user, 100 + i, i % 3 == 2 ? 3.5f : 4f, 1000 - i);
        }

        var one = Assert.Single(new EvaluationProtocol { ProfileLength = 4 }.Cases(builder.Build()));

        var positives = Enumerable.Range(0, 30).Where(i => i % 3 != 2).Select(i => 100 + i).Reverse().ToArray();
        Assert.Equal(positives[..16], one.History);
        Assert.Equal(positives[12..16], one.Profile);
        Assert.Equal(positives[16..], one.Targets);
        Assert.Equal(user, one.User);
    }

    [Fact]
    public void Users_with_fewer_than_ten_positives_are_not_judged()
    {
        var builder = new RatingSetBuilder();
        for (var i = 0; i < 9; i++)
        {
            builder.Add(new UserKey(1, 1), i, 5f, i);
        }

        for (var i = 0; i < 10; i++)
        {
            builder.Add(new UserKey(1, 2), i, 5f, i);
        }

        Assert.Equal(new UserKey(1, 2), Assert.Single(new EvaluationProtocol().Cases(builder.Build())).User);
    }

    [Fact]
    public void A_user_of_both_sets_is_found_by_movies_and_times_whatever_their_number()
    {
        var training = new RatingSetBuilder();
        var judged = new RatingSetBuilder();
        for (var i = 0; i < 40; i++)
        {
            training.Add(new UserKey(1, 7), i, 4f, 500 + i);
            judged.Add(new UserKey(2, 70), i < 20 ? i : 900 + i, 4f, 500 + i);
            judged.Add(new UserKey(2, 71), i, 4f, 9000 + i);
            judged.Add(new UserKey(2, 72), i < 2 ? i : 900 + i, 4f, 500 + i);
        }

        Assert.Equal([new UserKey(2, 70)], UserOverlap.Find(judged.Build(), training.Build()));
    }
}
