using System.Globalization;
using System.Text;

namespace MovieSir.Inference.Evaluation;

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

    /// <summary>Mean ± half the 95 % interval; the last column is the paired difference in nDCG@10 to the named method.</summary>
    public string ToMarkdown(string baseline)
    {
        var reference = Values(results.First(result => result.Method == baseline), Metrics[0].Of);
        var text = new StringBuilder();
        text.Append("| method | ").AppendJoin(" | ", Metrics.Select(metric => metric.Name)).AppendLine(Invariant($" | coverage@10 | nDCG@10 less {baseline} |"));
        text.Append('|').Insert(text.Length, "---|", Metrics.Length + 3).AppendLine();
        foreach (var result in results)
        {
            text.Append(Invariant($"| {result.Method} | "));
            text.AppendJoin(" | ", Metrics.Select(metric => Show(bootstrap.Mean(Values(result, metric.Of)))));
            var difference = bootstrap.Difference(Values(result, Metrics[0].Of), reference);
            text.AppendLine(result.Method == baseline
                ? Invariant($" | {result.Coverage:F3} | |")
                : Invariant($" | {result.Coverage:F3} | {difference.Mean:+0.000;-0.000} [{difference.Low:+0.000;-0.000}, {difference.High:+0.000;-0.000}] |"));
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

    private static double[] Values(MethodResult result, Func<UserResult, double> metric) => [.. result.Users.Select(metric)];

    private static string Show(Estimate estimate) => Invariant($"{estimate.Mean:F3} ± {(estimate.High - estimate.Low) / 2:F3}");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
