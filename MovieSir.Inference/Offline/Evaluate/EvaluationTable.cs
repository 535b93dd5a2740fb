using System.Globalization;
using System.Text;

namespace MovieSir.Inference.Offline.Evaluate;

/// <summary>Figures of several methods over the same users, as Markdown and as CSV.</summary>
/// <param name="results">One a method, with users in the same order.</param>
/// <param name="bootstrap">Draws the intervals.</param>
internal sealed class EvaluationTable(IReadOnlyList<MethodResult> results, Bootstrap bootstrap)
{
    private static readonly (string Name, Func<UserResult, double> Of)[] Metrics =
    [
        ("nDCG@10", user => user.Ndcg),
        ("Recall@20", user => user.Recall),
        ("HR@10", user => user.Hit),
        ("novelty", user => user.Novelty),
        ("diversity", user => user.Diversity),
    ];

    // The metrics that methods are compared in, user by user.
    private const int Compared = 2;

    /// <summary>Mean ± half the 95 % interval; the last columns are the paired differences in nDCG@10 and Recall@20 to the named method.</summary>
    public string ToMarkdown(string baseline)
    {
        var reference = results.First(result => result.Method == baseline);
        var text = new StringBuilder();
        text.Append("| method | ").AppendJoin(" | ", Metrics.Select(metric => metric.Name)).Append(" | coverage@10 |")
            .AppendJoin("", Metrics[..Compared].Select(metric => Invariant($" {metric.Name} less {baseline} |"))).AppendLine();
        text.Append('|').Insert(text.Length, "---|", Metrics.Length + 2 + Compared).AppendLine();
        foreach (var result in results)
        {
            text.Append(Invariant($"| {result.Method} | "));
            text.AppendJoin(" | ", Metrics.Select(metric => Show(bootstrap.Mean(Values(result, metric.Of)))));
            text.Append(Invariant($" | {result.Coverage:F3} |"))
                .AppendJoin("", Metrics[..Compared].Select(metric => result == reference ? " |" : ShowDifference(result, reference, metric.Of)))
                    .AppendLine();
        }

        return text.ToString();
    }

    /// <summary>A row a method and metric: mean and the ends of the 95 % interval.</summary>
    public string ToCsv()
    {
        var text = new StringBuilder("method,metric,mean,low,high,users\n");
        foreach (var result in results)
        {
            foreach (var (name, of) in Metrics)
            {
                var estimate = bootstrap.Mean(Values(result, of));
                text.Append(Invariant($"\"{result.Method}\",{name},{estimate.Mean:F6},{estimate.Low:F6},{estimate.High:F6},{result.Users.Count}\n"));
            }

            text.Append(Invariant($"\"{result.Method}\",coverage@10,{result.Coverage:F6},,,{result.Users.Count}\n"));
        }

        return text.ToString();
    }

    private string ShowDifference(MethodResult result, MethodResult reference, Func<UserResult, double> metric)
    {
        var difference = bootstrap.Difference(Values(result, metric), Values(reference, metric));
        return Invariant($" {difference.Mean:+0.000;-0.000} [{difference.Low:+0.000;-0.000}, {difference.High:+0.000;-0.000}] |");
    }

    private static double[] Values(MethodResult result, Func<UserResult, double> metric) => [.. result.Users.Select(metric)];

    private static string Show(Estimate estimate) => Invariant($"{estimate.Mean:F3} ± {(estimate.High - estimate.Low) / 2:F3}");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
