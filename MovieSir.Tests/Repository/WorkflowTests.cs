using System.Text.RegularExpressions;
using MovieSir.Tests.Infrastructure;
using YamlDotNet.RepresentationModel;

namespace MovieSir.Tests.Repository;

/// <summary>
/// Rules of <c>.github/workflows</c> that no linter knows: what is pinned, what may write, and that nothing is deployed before all checks are green.
/// </summary>
public sealed partial class WorkflowTests
{
    private const string Pipeline = ".github/workflows/ci.yml";
    private const string Gate = "green";
    private static readonly string[] Deployments = ["gpu-node", "app-node", "web"];

    // Neither checks nor deploys: a figure that a slow machine may spoil, and the question what has changed.
    private static readonly string[] NotChecks = ["coverage", "changes", Gate];

    private static readonly string[] Files = [.. TrackedFiles.All.Where(path => path.StartsWith(".github/workflows/", StringComparison.Ordinal))];

    public static TheoryData<string> Workflows => [.. Files];

    [Theory]
    [MemberData(nameof(Workflows))]
    public void Every_action_is_pinned_by_digest_and_names_its_version(string workflow) => Assert.All(
        Uses().Matches(TrackedFiles.Read(workflow)).Select(match => match.Groups["action"].Value),
        action => Assert.True(
            Pinned().IsMatch(action) || (action.StartsWith("./", StringComparison.Ordinal) && TrackedFiles.All.Contains(action[2..])),
            $"{workflow} uses '{action}': write owner/name@DIGEST # vX.Y.Z, or a workflow of this repository."));

    [Fact]
    public void One_action_has_one_digest_everywhere()
    {
        var digests = Files.SelectMany(workflow => Uses().Matches(TrackedFiles.Read(workflow)))
            .Select(match => Pinned().Match(match.Groups["action"].Value)).Where(match => match.Success)
            .Select(match => (Owner: string.Join('/', match.Groups["name"].Value.Split('/').Take(2)), Digest: match.Groups["digest"].Value))
            .Distinct().ToList();

        Assert.NotEmpty(digests);
        Assert.Equal(digests.Select(pin => pin.Owner).Distinct(), digests.Select(pin => pin.Owner));
    }

    [Theory]
    [MemberData(nameof(Workflows))]
    public void A_workflow_can_only_read_and_a_job_that_may_write_names_what(string workflow)
    {
        var root = Read(workflow);

        Assert.Equal(["contents: read"], Mapping(root["permissions"]).Select(pair => $"{pair.Key}: {pair.Value}"));
        Assert.All(Jobs(root), job => Assert.False(
            job.Node.Children.TryGetValue("permissions", out var permissions) && permissions is not YamlMappingNode,
            $"{workflow}, {job.Name}: write the permissions one by one."));
        Assert.All(
            Jobs(root).SelectMany(job => Steps(job.Node)).Where(step => Text(step, "uses").StartsWith("actions/checkout@", StringComparison.Ordinal)),
            step => Assert.Equal("false", ((YamlScalarNode)step["with"]["persist-credentials"]).Value));
    }

    [Theory]
    [MemberData(nameof(Workflows))]
    public void Every_job_has_a_time_limit_and_a_runner_that_does_not_move_on_by_itself(string workflow) => Assert.All(
        Jobs(Read(workflow)).Where(job => !job.Node.Children.ContainsKey("uses")),
        job =>
        {
            Assert.InRange(int.Parse(Text(job.Node, "timeout-minutes"), System.Globalization.CultureInfo.InvariantCulture), 1, 90);
            Assert.Matches(@"^ubuntu-\d\d\.04$", Text(job.Node, "runs-on"));
        });

    [Theory]
    [MemberData(nameof(Workflows))]
    public void Every_job_that_another_waits_for_or_asks_exists(string workflow)
    {
        var jobs = Jobs(Read(workflow)).ToDictionary(job => job.Name, job => job.Node);

        foreach (var (name, job) in jobs)
        {
            var needs = Needs(job);
            Assert.All(needs, needed => Assert.True(jobs.ContainsKey(needed), $"{workflow}, {name} needs '{needed}'."));
            Assert.All(
                AskedJob().Matches(job.ToString()).Select(match => match.Groups["job"].Value),
                asked => Assert.True(needs.Contains(asked), $"{workflow}, {name} asks needs.{asked} without waiting for it."));
        }
    }

    [Fact]
    public void A_deployment_waits_until_every_check_is_green()
    {
        var jobs = Jobs(Read(Pipeline)).ToDictionary(job => job.Name, job => job.Node);

        Assert.Equal(
            jobs.Keys.Except(Deployments).Except(NotChecks).Order(StringComparer.Ordinal),
            Needs(jobs[Gate]).Order(StringComparer.Ordinal));
        // A condition of its own could let it pass over a check that failed or was left out.
        Assert.DoesNotContain("if", Mapping(jobs[Gate]).Select(pair => pair.Key));
        Assert.All(Needs(jobs[Gate]), check => Assert.DoesNotContain("if", Mapping(jobs[check]).Select(pair => pair.Key)));
        foreach (var deployment in Deployments)
        {
            var condition = Text(jobs[deployment], "if");
            Assert.Contains(Gate, Needs(jobs[deployment]));
            Assert.Contains($"contains(needs.changes.outputs.parts, '{deployment}')", condition, StringComparison.Ordinal);
            // A status function in a condition takes away the default, which is that all that it waits for has succeeded.
            Assert.True(
                !StatusFunction().IsMatch(condition) || condition.Contains($"needs.{Gate}.result == 'success'", StringComparison.Ordinal),
                condition);
        }

        Assert.Contains("gpu-node", Needs(jobs["app-node"])); // whose job migrates the database
        Assert.Contains("github.ref == 'refs/heads/main'", Text(jobs["changes"], "if"), StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_reaches_production_starts_from_the_pipeline_alone()
    {
        var production = Files
            .Where(workflow => Jobs(Read(workflow)).Any(job => Text(job.Node, "environment") == "production")).ToList();

        Assert.Equal(3, production.Count);
        Assert.All(production, workflow => Assert.Equal(["workflow_call"], Mapping(Read(workflow)["on"]).Select(pair => pair.Key)));
        Assert.Equal(
            production.Order(StringComparer.Ordinal),
            Jobs(Read(Pipeline)).Where(job => Deployments.Contains(job.Name)).Select(job => Text(job.Node, "uses")[2..])
                .Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Workflows))]
    public void Every_script_that_a_step_runs_is_there_and_can_be_run(string workflow)
    {
        foreach (var script in RunSteps(workflow).SelectMany(run => Script().Matches(run)).Select(match => match.Groups["path"].Value))
        {
            var file = Path.Combine(RepositoryPaths.Root, script);
            Assert.True(File.Exists(file), $"{workflow} runs {script}, which is not there.");
            Assert.True(File.GetUnixFileMode(file).HasFlag(UnixFileMode.UserExecute), $"{script} cannot be executed.");
        }
    }

    [Theory]
    [MemberData(nameof(Workflows))]
    public void What_others_can_word_reaches_a_shell_by_the_environment_only(string workflow) => Assert.All(
        RunSteps(workflow).SelectMany(run => Expression().Matches(run)).Select(match => match.Groups["expression"].Value.Trim()),
        expression => Assert.True(expression is "github.sha" or "github.workspace", $"{workflow}: pass '{expression}' by env."));

    [Fact]
    public void The_operators_guide_lists_every_secret_and_variable()
    {
        var guide = TrackedFiles.Read("docs/operations.md");
        var names = Files.SelectMany(workflow => Setting().Matches(TrackedFiles.Read(workflow))).Select(match => match.Groups["name"].Value)
            .Distinct().ToList();

        Assert.NotEmpty(names);
        Assert.All(names, name => Assert.Contains($"`{name}`", guide, StringComparison.Ordinal));
    }

    private static IEnumerable<string> RunSteps(string workflow) =>
        Jobs(Read(workflow)).SelectMany(job => Steps(job.Node)).Select(step => Text(step, "run")).Where(run => run.Length > 0);

    private static YamlMappingNode Read(string workflow)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(TrackedFiles.Read(workflow)));
        return (YamlMappingNode)yaml.Documents[0].RootNode;
    }

    private static IEnumerable<(string Name, YamlMappingNode Node)> Jobs(YamlMappingNode workflow) =>
        ((YamlMappingNode)workflow["jobs"]).Children.Select(job => (job.Key.ToString(), (YamlMappingNode)job.Value));

    private static IEnumerable<YamlMappingNode> Steps(YamlMappingNode job) =>
        job.Children.TryGetValue("steps", out var steps) ? ((YamlSequenceNode)steps).Cast<YamlMappingNode>() : [];

    private static IEnumerable<(string Key, string Value)> Mapping(YamlNode node) =>
        ((YamlMappingNode)node).Children.Select(pair => (pair.Key.ToString(), pair.Value.ToString()));

    private static string[] Needs(YamlMappingNode job) => job.Children.TryGetValue("needs", out var needs)
        ? needs is YamlSequenceNode list ? [.. list.Select(node => node.ToString())] : [needs.ToString()]
        : [];

    private static string Text(YamlMappingNode node, string key) => node.Children.TryGetValue(key, out var value) ? value.ToString() : "";

    [GeneratedRegex(@"(?m)^\s*(- )?uses: (?<action>.+)$")]
    private static partial Regex Uses();

    [GeneratedRegex(@"(?m)^(?<name>[\w.-]+/[\w./-]+)@(?<digest>[0-9a-f]{40}) # v\d+\.\d+\.\d+$")]
    private static partial Regex Pinned();

    [GeneratedRegex(@"needs\.(?<job>[\w-]+)\.")]
    private static partial Regex AskedJob();

    [GeneratedRegex(@"\b(always|cancelled|failure|success)\(\)")]
    private static partial Regex StatusFunction();

    [GeneratedRegex(@"(?<![\w/])(?<path>(\.ci|deploy)/[\w./-]*\w)(?=[\s""')]|$)")]
    private static partial Regex Script();

    [GeneratedRegex(@"\$\{\{(?<expression>[^}]+)\}\}")]
    private static partial Regex Expression();

    [GeneratedRegex(@"\b(secrets|vars)\.(?<name>[A-Z_]+)")]
    private static partial Regex Setting();
}
