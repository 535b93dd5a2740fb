using System.Text.Json;
using System.Text.RegularExpressions;
using MovieSir.Data;
using MovieSir.Inference.Hosting;
using MovieSir.Tests.Infrastructure;

namespace MovieSir.Tests.Deployment;

/// <summary>
/// <c>aspire-manifest.json</c> is what azd deploys from. That it is what the model publishes, <c>PublishedModelTests</c> holds; here it is held to
/// the services that it starts, because nothing else notices when one of the two moves on alone.
/// </summary>
public sealed partial class AspireManifestTests
{
    private static readonly Dictionary<string, JsonElement> Resources =
        JsonDocument.Parse(File.ReadAllText(Path.Combine(RepositoryPaths.Root, "aspire-manifest.json")))
            .RootElement.GetProperty("resources").EnumerateObject().ToDictionary(resource => resource.Name, resource => resource.Value);

    [Fact]
    public void The_manifest_has_the_parts_of_the_system_and_no_others() => Assert.Equal(
        [
            "api", "app-address", "catalog", "console-address", "inference", "mail-sender", "moviesir", "postgres", "postgres-api-password",
            "postgres-inference-password", "postgres-password", "redis", "redis-password", "smtp-host", "smtp-password", "smtp-port", "smtp-user",
            "traveller-api-key",
        ],
        // Aspire itself adds the value of a conditional connection string.
        Resources.Keys.Where(name => !name.StartsWith("cond-", StringComparison.Ordinal)).Order(StringComparer.Ordinal));

    [Fact]
    public void The_manifest_has_no_entry_that_Aspire_could_not_write() =>
        Assert.DoesNotContain(Resources, resource => resource.Value.TryGetProperty("error", out _));

    [Theory]
    [InlineData("postgres", "pgvector/pgvector")]
    [InlineData("redis", "library/redis")]
    public void An_image_is_pinned_to_a_patch_version(string resource, string image) =>
        Assert.Matches($@"/{image}:\d+\.\d+\.\d+(-pg\d+)?$", Resources[resource].GetProperty("image").GetString());

    [Theory]
    [InlineData("api", 8000)]
    [InlineData("inference", 8001)]
    public void A_service_listens_where_the_design_says(string service, int port)
    {
        Assert.Equal(port, Resources[service].GetProperty("bindings").GetProperty("http").GetProperty("targetPort").GetInt32());
        Assert.Equal($"{{{service}.bindings.http.targetPort}}", Variables(service)["HTTP_PORTS"]);
    }

    [Fact]
    public void Only_the_api_is_open_to_the_world()
    {
        var external =
            from resource in Resources
            where resource.Value.TryGetProperty("bindings", out var bindings)
                && bindings.EnumerateObject().Any(binding => binding.Value.TryGetProperty("external", out var value) && value.GetBoolean())
            select resource.Key;

        Assert.Equal(["api"], external);
    }

    [Theory]
    [InlineData("api", "MovieSir.Api")]
    [InlineData("inference", "MovieSir.Inference")]
    [InlineData("catalog", "MovieSir.Inference")]
    public void A_service_is_given_every_connection_string_that_its_program_asks_for(string service, string project)
    {
        Assert.Equal($"{project}/{project}.csproj", Resources[service].GetProperty("path").GetString());

        var wanted = SourcesOf(project).SelectMany(source => ConnectionName().Matches(source))
            .Select(match => $"ConnectionStrings__{match.Groups["name"].Value}").Distinct().Order(StringComparer.Ordinal).ToList();
        var given = Variables(service).Keys.Where(name => name.StartsWith("ConnectionStrings__", StringComparison.Ordinal));

        Assert.NotEmpty(wanted);
        Assert.Equal(wanted, given.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("api", DatabaseRoles.Api, "postgres-api-password")]
    [InlineData("inference", DatabaseRoles.Inference, "postgres-inference-password")]
    public void A_service_connects_as_its_role_and_never_as_the_databases_owner(string service, string role, string password)
    {
        Assert.EndsWith($";Username={role};Password={{{password}.value}};Database=moviesir", Variables(service)["ConnectionStrings__moviesir"],
            StringComparison.Ordinal);
        Assert.DoesNotContain("{postgres-password.value}", Variables(service).Values);
    }

    [Fact]
    public void The_api_finds_inference_by_the_name_that_it_calls()
    {
        Assert.Contains(SourcesOf("MovieSir.Api"), source => source.Contains("\"http://inference\"", StringComparison.Ordinal));
        Assert.Equal("{inference.bindings.http.url}", Variables("api")["services__inference__http__0"]);
    }

    [Fact]
    public void The_catalog_job_runs_a_command_that_the_program_has()
    {
        var arguments = Resources["catalog"].GetProperty("args").EnumerateArray().Select(argument => argument.GetString()!).ToArray();

        Assert.Equal(["catalog"], arguments);
        Assert.Empty(CommandTree.Create().Parse(arguments).Errors);
    }

    [Fact]
    public void Redis_writes_every_command_to_its_log()
    {
        var command = Resources["redis"].GetProperty("args").EnumerateArray().Last().GetString();

        Assert.Contains("--appendonly yes", command, StringComparison.Ordinal);
        Assert.Contains("--maxmemory 1gb --maxmemory-policy noeviction", command, StringComparison.Ordinal);
    }

    [Fact]
    public void No_secret_stands_in_the_manifest()
    {
        foreach (var (name, resource) in Resources.Where(resource => resource.Key.EndsWith("-password", StringComparison.Ordinal)))
        {
            var input = resource.GetProperty("inputs").GetProperty("value");

            Assert.Equal("parameter.v0", resource.GetProperty("type").GetString());
            Assert.Equal($"{{{name}.inputs.value}}", resource.GetProperty("value").GetString());
            Assert.True(input.GetProperty("secret").GetBoolean());
            // The password of a mail provider is given, the others are made.
            Assert.Equal(
                name == "smtp-password" ? [] : ["generate"],
                input.TryGetProperty("default", out var made) ? made.EnumerateObject().Select(property => property.Name) : []);
        }

        foreach (var text in Resources.Values.SelectMany(Strings))
        {
            Assert.DoesNotMatch("(?i)password=(?![{])", text);
        }

        foreach (var (name, value) in Resources.Keys.SelectMany(Variables).Where(variable => Sensitive().IsMatch(variable.Key)))
        {
            Assert.True(value is ['{', .., '}'], $"{name} holds the literal '{value}'.");
        }
    }

    [Fact]
    public void Every_placeholder_names_a_resource_of_the_manifest() =>
        Assert.All(
            Resources.Values.SelectMany(Strings).SelectMany(text => Placeholder().Matches(text)),
            match => Assert.Contains(match.Groups["name"].Value, Resources.Keys));

    private static Dictionary<string, string> Variables(string resource) =>
        Resources[resource].TryGetProperty("env", out var variables)
            ? variables.EnumerateObject().ToDictionary(variable => variable.Name, variable => variable.Value.GetString()!)
            : [];

    private static IEnumerable<string> SourcesOf(string project)
    {
        var directory = Path.Combine(RepositoryPaths.Root, project);
        return Directory.EnumerateFiles(directory, "*.cs", SearchOption.AllDirectories)
            .Where(file => Path.GetRelativePath(directory, file).Split(Path.DirectorySeparatorChar)[0] is not ("bin" or "obj"))
            .Select(File.ReadAllText);
    }

    private static IEnumerable<string> Strings(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => [element.GetString()!],
        JsonValueKind.Object => element.EnumerateObject().SelectMany(property => Strings(property.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Strings),
        _ => [],
    };

    [GeneratedRegex("""builder\.Add(Postgres|Redis)\("(?<name>[^"]+)""")]
    private static partial Regex ConnectionName();

    [GeneratedRegex("(?i)password|secret|token|key")]
    private static partial Regex Sensitive();

    [GeneratedRegex(@"\{(?<name>[a-z0-9-]+)\.[^}]+\}")]
    private static partial Regex Placeholder();
}
