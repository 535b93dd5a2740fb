using System.Text.RegularExpressions;
using MovieSir.Tests.Infrastructure;
using YamlDotNet.RepresentationModel;

namespace MovieSir.Tests.Deployment;

/// <summary>The alert rules name metrics that the services have, and each has its part of the page.</summary>
public sealed partial class AlertRulesTests
{
    private static readonly string Rules = Path.Combine(RepositoryPaths.Root, "deploy", "alerts", "moviesir.rules.yaml");

    public static TheoryData<string> Alerts => [.. Read().Select(rule => rule.Name)];

    [Theory]
    [MemberData(nameof(Alerts))]
    public void An_alert_is_explained_on_the_page_that_it_names(string alert)
    {
        var rule = Read().Single(rule => rule.Name == alert);
        var page = File.ReadAllText(Path.Combine(RepositoryPaths.Root, "docs", "alerts.md"));

        Assert.Equal($"docs/alerts.md#{alert.ToLowerInvariant()}", rule.Page);
        Assert.Contains($"\n## {alert}\n", page, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Alerts))]
    public void An_alert_asks_for_metrics_that_there_are(string alert)
    {
        var named = MetricName().Matches(Read().Single(rule => rule.Name == alert).Expression).Select(match => match.Value);

        Assert.Subset(Known(), named.ToHashSet(StringComparer.Ordinal));
    }

    private static List<(string Name, string Expression, string Page)> Read()
    {
        var yaml = new YamlStream();
        using var reader = File.OpenText(Rules);
        yaml.Load(reader);
        return ((YamlSequenceNode)yaml.Documents[0].RootNode["groups"])
            .SelectMany(part => (YamlSequenceNode)part["rules"])
            .Select(rule => (rule["alert"].ToString(), rule["expr"].ToString(), rule["annotations"]["page"].ToString()))
            .ToList();
    }

    // As Prometheus names what comes by OTLP: with the unit, and "total" for a counter.
    private static HashSet<string> Known()
    {
        var units = new Dictionary<string, string>(StringComparer.Ordinal) { ["ms"] = "_milliseconds", ["s"] = "_seconds" };
        var names = new HashSet<string>(StringComparer.Ordinal) { "moviesir_backup_timestamp_seconds" }; // deploy/ops/backup-database
        foreach (var project in (string[])["MovieSir.Api", "MovieSir.Inference"])
        {
            foreach (var file in Directory.EnumerateFiles(Path.Combine(RepositoryPaths.Root, project), "*.cs", SearchOption.AllDirectories))
            {
                foreach (Match made in Instrument().Matches(File.ReadAllText(file)))
                {
                    var name = made.Groups["name"].Value.Replace('.', '_') + units.GetValueOrDefault(made.Groups["unit"].Value, "");
                    names.Add(made.Groups["kind"].Value switch { "Counter" => name + "_total", "Histogram" => name + "_bucket", _ => name });
                }
            }
        }

        return names;
    }

    [GeneratedRegex("moviesir_[a-z_]+")]
    private static partial Regex MetricName();

    [GeneratedRegex(
        """Create(Observable)?(?<kind>Counter|Histogram|Gauge)(<\w+>)?\(\s*"(?<name>moviesir\.[a-z.]+)"[^;]*?"(?<unit>\{?[a-z]+\}?)",\s*"[A-Z]""")]
    private static partial Regex Instrument();
}
