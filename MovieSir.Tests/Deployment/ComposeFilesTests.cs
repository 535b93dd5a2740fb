using System.Text.Json;
using System.Text.RegularExpressions;
using MovieSir.Data;
using MovieSir.Inference.Offline.Prepare;
using MovieSir.Tests.Infrastructure;

namespace MovieSir.Tests.Deployment;

/// <summary>
/// <c>deploy/compose/</c> is what the AppHost publishes. These hold what an operator relies on, and that the files still say what the
/// manifest, nginx and the services say.
/// </summary>
public sealed partial class ComposeFilesTests
{
    private const string TrustedProxies = "Edge__TrustedProxies__0";
    private const string App = "app-node";
    private const string Gpu = "gpu-node";
    private const string OneMachine = "one-machine";

    private static readonly string Folder = Path.Combine(RepositoryPaths.Root, "deploy", "compose");

    private static readonly JsonElement Manifest =
        JsonDocument.Parse(File.ReadAllText(Path.Combine(RepositoryPaths.Root, "aspire-manifest.json"))).RootElement.GetProperty("resources");

    public static TheoryData<string> Nodes => [App, Gpu, OneMachine];

    [Theory]
    [InlineData(App, "app-node-dashboard,redis,api,edge,certbot")]
    [InlineData(Gpu, "gpu-node-dashboard,postgres,catalog,inference")]
    [InlineData(OneMachine, "one-machine-dashboard,postgres,redis,catalog,inference,api,edge,certbot")]
    public void A_node_runs_its_part_of_the_system(string node, string services) =>
        Assert.Equal(services.Split(','), Services(node).Keys);

    [Theory]
    [MemberData(nameof(Nodes))]
    public void Every_image_is_pinned_or_the_operators_to_name(string node) => Assert.All(
        Services(node).Values,
        service => Assert.Matches(@"^(\$\{(API|INFERENCE)_IMAGE:\?[^}]+\}|[\w./-]+:v?\d+\.\d+\.\d+(-pg\d+)?)$", service.Image));

    [Theory]
    [MemberData(nameof(Nodes))]
    public void A_service_waits_for_the_health_or_the_end_of_what_it_needs(string node)
    {
        var services = Services(node);
        foreach (var (name, dependency) in services.Values.SelectMany(service => service.DependsOn))
        {
            Assert.Contains(name, services.Keys);
            if (dependency.Condition == "service_healthy")
            {
                Assert.NotNull(services[name].Healthcheck);
            }
            else
            {
                Assert.Equal(("catalog", "service_completed_successfully"), (name, dependency.Condition));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Nodes))]
    public void What_serves_has_a_health_check_and_comes_back_after_a_crash(string node) => Assert.All(
        Services(node).Where(service => service.Key is "postgres" or "redis" or "inference" or "api" or "edge"),
        service =>
        {
            Assert.NotNull(service.Value.Healthcheck);
            Assert.Equal("unless-stopped", service.Value.Restart);
        });

    [Theory]
    [MemberData(nameof(Nodes))]
    public void No_service_can_gain_privileges_or_write_to_its_image(string node) => Assert.All(Services(node).Values, service =>
    {
        Assert.True(service.ReadOnly);
        Assert.Equal(["ALL"], service.CapDrop);
        Assert.Equal(["no-new-privileges:true"], service.SecurityOpt);
        Assert.False(service.Privileged);
    });

    [Theory]
    [InlineData(App)]
    [InlineData(OneMachine)]
    public void Only_the_edge_faces_the_world(string node)
    {
        Assert.Equal(["80:80", "443:443"], Services(node)["edge"].Ports);
        Assert.All(
            Services(node).Where(service => service.Key != "edge").SelectMany(service => service.Value.Ports),
            port => Assert.StartsWith("127.0.0.1:", port, StringComparison.Ordinal));
    }

    [Fact]
    public void The_gpu_node_is_open_to_its_private_network_alone()
    {
        Assert.Matches(@"^\$\{GPU_NODE_ADDRESS:\?[^}]+\}:5432:5432$", Assert.Single(Services(Gpu)["postgres"].Ports));
        Assert.Matches(@"^\$\{GPU_NODE_ADDRESS:\?[^}]+\}:8001:8001$", Assert.Single(Services(Gpu)["inference"].Ports));
        Assert.Equal(["127.0.0.1:18888:18888"], Services(Gpu).Where(service => service.Key is not ("postgres" or "inference"))
            .SelectMany(service => service.Value.Ports));
    }

    [Theory]
    [InlineData(Gpu, "catalog")]
    [InlineData(Gpu, "inference")]
    [InlineData(OneMachine, "catalog")]
    [InlineData(OneMachine, "inference")]
    public void What_runs_the_encoder_does_not_report_its_use(string node, string service) =>
        Assert.Equal("1", Services(node)[service].Environment["ORT_DISABLE_TELEMETRY"]);

    [Theory]
    [InlineData("MovieSir.Inference/MovieSir.Inference.csproj", "<ContainerEnvironmentVariable Include=\"ORT_DISABLE_TELEMETRY\" Value=\"1\" />")]
    [InlineData("deploy/images/inference-gpu.Dockerfile", " ORT_DISABLE_TELEMETRY=1")]
    public void An_image_with_the_encoder_does_not_report_its_use(string file, string setting) =>
        Assert.Contains(setting, File.ReadAllText(Path.Combine(RepositoryPaths.Root, file)), StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Nodes))]
    public void No_secret_stands_in_a_file(string node)
    {
        foreach (var (name, value) in Services(node).Values.SelectMany(service => service.Environment))
        {
            Assert.DoesNotMatch(@"(?i)password=(?!\$\{\w+:\?)", value);
            if (Sensitive().IsMatch(name))
            {
                Assert.Matches(@"^\$\{\w+:(\?[^}]+|-)\}$", value); // of what may be off, the empty text is no secret
            }
        }
    }

    [Theory]
    [MemberData(nameof(Nodes))]
    public void The_example_env_file_explains_every_variable_and_gives_none_a_value(string node)
    {
        var wanted = Variable().Matches(File.ReadAllText(PathOf(node))).Select(match => match.Groups["name"].Value).Distinct();
        var lines = File.ReadAllLines(Path.Combine(Folder, node, ".env.example")).Where(line => line.Length > 0).Chunk(2).ToList();

        Assert.All(lines, pair => Assert.Matches("^# .{20,}$", pair[0]));
        Assert.Equal(wanted.Order(StringComparer.Ordinal), lines.Select(pair => Assert.IsType<string>(pair[1]).TrimEnd('=')));
        Assert.All(lines, pair => Assert.EndsWith("=", pair[1], StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Nodes))]
    public void No_variable_can_be_left_empty_unnoticed(string node) => Assert.All(
        Regex.Matches(File.ReadAllText(PathOf(node)), @"(?<!\$)\$\{?\w+.", RegexOptions.None, TimeSpan.FromSeconds(1)),
        match => Assert.Matches(@"^\$\{\w+:$", match.Value));

    [Theory]
    [InlineData("api", App)]
    [InlineData("redis", App)]
    [InlineData("postgres", Gpu)]
    [InlineData("catalog", Gpu)]
    [InlineData("inference", Gpu)]
    public void A_service_is_told_the_same_by_compose_and_by_the_manifest(string name, string node)
    {
        var manifest = Manifest.GetProperty(name);
        var variables = manifest.GetProperty("env").EnumerateObject().Select(variable => variable.Name).Order(StringComparer.Ordinal).ToList();

        foreach (var service in new[] { Services(node)[name], Services(OneMachine)[name] })
        {
            var told = service.Environment.Keys.Where(variable => !OnlyInCompose().IsMatch(variable));
            Assert.Equal(variables, told.Order(StringComparer.Ordinal));
            if (manifest.TryGetProperty("image", out var image))
            {
                Assert.Equal(image.GetString(), service.Image);
            }

            if (manifest.TryGetProperty("bindings", out var bindings))
            {
                var port = bindings.EnumerateObject().Single().Value.GetProperty("targetPort").GetInt32();
                Assert.Equal([$"{port}"], service.Expose);
                if (service.Environment.TryGetValue("HTTP_PORTS", out var httpPorts))
                {
                    Assert.Equal($"{port}", httpPorts);
                    Assert.Contains($"/dev/tcp/127.0.0.1/{port} ", service.Healthcheck!.Test[^1], StringComparison.Ordinal);
                    Assert.Contains("GET /health ", service.Healthcheck.Test[^1], StringComparison.Ordinal);
                }
            }
        }
    }

    [Theory]
    [InlineData(App)]
    [InlineData(OneMachine)]
    public void The_api_believes_forwarded_headers_from_the_containers_network_only(string node)
    {
        var believed = Services(node)["api"].Environment[TrustedProxies];
        var file = File.ReadAllText(Path.Combine(RepositoryPaths.Root, "deploy", "compose", node, "docker-compose.yaml"));

        Assert.Contains($"- subnet: \"{believed}\"", file, StringComparison.Ordinal);
        Assert.DoesNotContain("ASPNETCORE_FORWARDEDHEADERS_ENABLED", file, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(App, "Host=${GPU_NODE_ADDRESS};Port=5432;", "http://${GPU_NODE_ADDRESS}:8001")]
    [InlineData(OneMachine, "Host=postgres;Port=5432;", "http://inference:8001")]
    public void The_api_reaches_the_database_and_the_engine_where_they_run(string node, string database, string inference)
    {
        var environment = Services(node)["api"].Environment;
        string Plain(string name) => Variable().Replace(environment[name], "${${name}}");

        Assert.StartsWith(database, Plain("ConnectionStrings__moviesir"), StringComparison.Ordinal);
        Assert.Equal(inference, Plain("services__inference__http__0"));
        Assert.StartsWith("redis:6379,", Plain("ConnectionStrings__redis"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(App, "api", DatabaseRoles.Api, "POSTGRES_API_PASSWORD")]
    [InlineData(OneMachine, "api", DatabaseRoles.Api, "POSTGRES_API_PASSWORD")]
    [InlineData(Gpu, "inference", DatabaseRoles.Inference, "POSTGRES_INFERENCE_PASSWORD")]
    [InlineData(OneMachine, "inference", DatabaseRoles.Inference, "POSTGRES_INFERENCE_PASSWORD")]
    [InlineData(Gpu, "catalog", "postgres", "POSTGRES_PASSWORD")]
    [InlineData(OneMachine, "catalog", "postgres", "POSTGRES_PASSWORD")]
    public void A_service_connects_as_its_role(string node, string service, string role, string password) => Assert.EndsWith(
        $";Username={role};Password=${{{password}}};Database=moviesir",
        Variable().Replace(Services(node)[service].Environment["ConnectionStrings__moviesir"], "${${name}}"),
        StringComparison.Ordinal);

    [Theory]
    [InlineData(Gpu)]
    [InlineData(OneMachine)]
    public void The_job_that_owns_the_database_makes_the_roles_with_the_passwords_that_the_services_have(string node)
    {
        var job = Services(node)["catalog"].Environment;

        Assert.StartsWith("${POSTGRES_API_PASSWORD:", job["DatabaseRoles__ApiPassword"], StringComparison.Ordinal);
        Assert.StartsWith("${POSTGRES_INFERENCE_PASSWORD:", job["DatabaseRoles__InferencePassword"], StringComparison.Ordinal);
        Assert.Equal(
            [nameof(DatabaseRoleOptions.ApiPassword), nameof(DatabaseRoleOptions.InferencePassword)],
            job.Keys.Where(name => name.StartsWith($"{DatabaseRoleOptions.Section}__", StringComparison.Ordinal))
                .Select(name => name.Split("__")[1]));
    }

    [Fact]
    public void The_node_that_faces_the_world_holds_no_password_of_the_databases_owner_or_of_inference() => Assert.Equal(
        ["POSTGRES_API_PASSWORD"],
        Variable().Matches(File.ReadAllText(PathOf(App))).Select(match => match.Groups["name"].Value)
            .Where(name => name.StartsWith("POSTGRES", StringComparison.Ordinal)).Distinct());

    [Theory]
    [InlineData(Gpu)]
    [InlineData(OneMachine)]
    public void The_clients_that_are_run_in_the_databases_container_find_its_password(string node)
    {
        var environment = Services(node)["postgres"].Environment;

        Assert.Contains("--auth-local=scram-sha-256", environment["POSTGRES_INITDB_ARGS"], StringComparison.Ordinal); // or there would be no need
        Assert.Equal(environment["POSTGRES_USER"], environment["PGUSER"]);
        Assert.Equal(environment["POSTGRES_PASSWORD"], environment["PGPASSWORD"]);
    }

    [Theory]
    [InlineData(App)]
    [InlineData(OneMachine)]
    public void The_client_that_is_run_in_Redis_container_finds_its_password(string node)
    {
        var environment = Services(node)["redis"].Environment;

        Assert.Equal(environment["REDIS_PASSWORD"], environment["REDISCLI_AUTH"]);
    }

    [Theory]
    [InlineData(App)]
    [InlineData(OneMachine)]
    public void The_edge_gets_what_its_template_asks_for_and_mounts_what_is_there(string node)
    {
        var edge = Services(node)["edge"];
        var templates = Directory.EnumerateFiles(Path.Combine(RepositoryPaths.Root, "deploy", "nginx", "templates")).Select(File.ReadAllText);

        Assert.Equal(
            TemplateVariable().Matches(string.Concat(templates)).Select(match => match.Groups["name"].Value).Distinct().Order(StringComparer.Ordinal),
            edge.Environment.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("api:8000 resolve", edge.Environment["MOVIESIR_API_UPSTREAM"]);
        Assert.All(
            edge.Volumes.Where(volume => volume.Source.StartsWith('.')),
            volume => Assert.True(Path.Exists(Path.Combine(Folder, node, volume.Source)), $"{volume.Source} is not in the repository."));
    }

    [Theory]
    [InlineData(Gpu)]
    [InlineData(OneMachine)]
    public void The_gpu_override_gives_a_device_to_services_that_exist(string node)
    {
        var services = ComposeFile.Read(Path.Combine(Folder, node, "docker-compose.gpu.yaml")).Services;

        Assert.Equal(["catalog", "inference"], services.Keys);
        Assert.Subset(Services(node).Keys.ToHashSet(), services.Keys.ToHashSet());
        Assert.All(services.Values, service =>
        {
            var device = Assert.Single(service.Deploy!.Resources.Reservations.Devices);
            Assert.Equal(("nvidia", "gpu"), (device.Driver, Assert.Single(device.Capabilities)));
        });
    }

    private static string PathOf(string node) => Path.Combine(Folder, node, "docker-compose.yaml");

    private static Dictionary<string, ComposeFile.Service> Services(string node) => ComposeFile.Read(PathOf(node)).Services;

    [GeneratedRegex(@"\$\{(?<name>\w+):(\?[^}]+|-)\}")]
    private static partial Regex Variable();

    [GeneratedRegex(@"\$\{(?<name>MOVIESIR_\w+)\}")]
    private static partial Regex TemplateVariable();

    [GeneratedRegex("(?i)password|secret|token|key")]
    private static partial Regex Sensitive();

    // The dashboard beside the service, the edge before it, and the clients of deploy/ops within it; a platform of azd's brings its own.
    [GeneratedRegex("^(OTEL_(EXPORTER_OTLP_ENDPOINT|EXPORTER_OTLP_PROTOCOL|SERVICE_NAME)|"
        + "Edge__TrustedProxies__0|OAuth__\\w+|PGUSER|PGPASSWORD|REDISCLI_AUTH|ORT_DISABLE_TELEMETRY)$")]
    private static partial Regex OnlyInCompose();
}
