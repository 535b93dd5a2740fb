namespace MovieSir.Tests.Operations;

/// <summary>The roll-out with a stand-in for docker alone: it finds a version healthy unless the node's .env says BROKEN.</summary>
public sealed class RollOutTests : IDisposable
{
    private const string Docker = """
        #!/bin/sh
        echo "$@" >>"$FAKE_DOCKER_LOG"
        case "$*" in
          *" up "*) ! grep -q BROKEN .env ;;
          *"/v1/health"*) ! grep -q UNREACHED .env ;;
          "image ls "*) printf 'moviesir-api:%s\n' 1 2 3 ;;
          *" nginx -t") ! grep -q BROKEN ../../nginx/nginx.conf ;;
        esac
        """;

    private readonly string _directory = Directory.CreateTempSubdirectory("moviesir-roll-out-").FullName;
    private readonly string _node;
    private readonly OpsScript _script;

    public RollOutTests()
    {
        _node = Directory.CreateDirectory(Path.Combine(_directory, "compose", "app-node")).FullName;
        var docker = Path.Combine(_directory, "docker");
        File.WriteAllText(docker, Docker);
        File.SetUnixFileMode(docker, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        _script = new OpsScript(_directory) { WorkingDirectory = _node }
            .With("PATH", $"{_directory}:{Environment.GetEnvironmentVariable("PATH")}")
            .With("FAKE_DOCKER_LOG", Path.Combine(_directory, "docker.log"))
            .With("MOVIESIR_COMPOSE_ROOT", Path.Combine(_directory, "compose"));
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task A_healthy_version_stays_and_its_secrets_are_the_owners_alone()
    {
        var result = await _script.RunAsync("roll-out", "app-node", "--env-file", EnvFile("API_IMAGE=api:1"), "--archive", EnvFile("an image"));

        Assert.True(result.Code == 0, result.Output);
        Assert.Contains("level=info check=roll-out node=app-node result=healthy", result.Output, StringComparison.Ordinal);
        Assert.Equal("API_IMAGE=api:1", await File.ReadAllTextAsync(Path.Combine(_node, ".env")));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_node, ".env")));
        Assert.StartsWith("load --quiet --input ", (await File.ReadAllLinesAsync(Path.Combine(_directory, "docker.log")))[0],
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_version_that_does_not_become_healthy_gives_way_to_the_one_before()
    {
        await _script.RunAsync("roll-out", "app-node", "--env-file", EnvFile("API_IMAGE=api:1"));
        var result = await _script.RunAsync("roll-out", "app-node", "--env-file", EnvFile("API_IMAGE=BROKEN"));

        Assert.Equal(1, result.Code);
        Assert.Contains("reason=not-healthy rolled_back=yes", result.Output, StringComparison.Ordinal);
        Assert.Equal("API_IMAGE=api:1", await File.ReadAllTextAsync(Path.Combine(_node, ".env")));
    }

    [Fact]
    public async Task The_same_settings_once_more_leave_the_version_before_to_go_back_to()
    {
        await _script.RunAsync("roll-out", "app-node", "--env-file", EnvFile("API_IMAGE=api:1"));
        await _script.RunAsync("roll-out", "app-node", "--env-file", EnvFile("API_IMAGE=api:2"));
        var result = await _script.RunAsync("roll-out", "app-node", "--env-file", ".env");

        Assert.True(result.Code == 0, result.Output);
        Assert.Equal("API_IMAGE=api:1", await File.ReadAllTextAsync(Path.Combine(_node, ".env.previous")));
    }

    [Fact]
    public async Task A_version_that_the_edge_does_not_reach_is_told_of_though_its_containers_are_healthy()
    {
        var result = await _script.With("MOVIESIR_ROLL_OUT_TRY_SECONDS", "0")
            .RunAsync("roll-out", "app-node", "--env-file", EnvFile("API_IMAGE=UNREACHED"));

        Assert.Equal(1, result.Code);
        Assert.Contains("reason=edge-does-not-reach-the-api", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_may_be_named_from_where_one_is_and_the_version_before_comes_back_by_its_own()
    {
        await File.WriteAllTextAsync(Path.Combine(_node, "first"), "API_IMAGE=api:1");
        await File.WriteAllTextAsync(Path.Combine(_node, "second"), "API_IMAGE=api:2");
        foreach (var (file, image) in new[] { ("first", "api:1"), ("second", "api:2"), (".env.previous", "api:1"), (".env.previous", "api:2") })
        {
            var result = await _script.RunAsync("roll-out", "app-node", "--env-file", file);

            Assert.True(result.Code == 0, result.Output);
            Assert.Equal($"API_IMAGE={image}", await File.ReadAllTextAsync(Path.Combine(_node, ".env")));
        }
    }

    [Fact]
    public async Task A_file_is_found_from_a_folder_above_as_a_deployment_calls_it()
    {
        await File.WriteAllTextAsync(Path.Combine(_directory, "env"), "API_IMAGE=api:1");
        var result = await new OpsScript(_directory) { WorkingDirectory = _directory }
            .With("PATH", $"{_directory}:{Environment.GetEnvironmentVariable("PATH")}")
            .With("FAKE_DOCKER_LOG", Path.Combine(_directory, "docker.log"))
            .With("MOVIESIR_COMPOSE_ROOT", Path.Combine(_directory, "compose"))
            .RunAsync("roll-out", "app-node", "--env-file", "env");

        Assert.True(result.Code == 0, result.Output);
        Assert.Equal("API_IMAGE=api:1", await File.ReadAllTextAsync(Path.Combine(_node, ".env")));
    }

    [Fact]
    public async Task The_images_of_this_version_and_of_the_one_before_stay()
    {
        foreach (var version in new[] { 2, 3 })
        {
            var result = await _script.RunAsync("roll-out", "app-node", "--env-file", EnvFile($"API_IMAGE=moviesir-api:{version}"));
            Assert.True(result.Code == 0, result.Output);
        }

        var log = await File.ReadAllLinesAsync(Path.Combine(_directory, "docker.log"));
        var lastRollOut = log[(Array.FindLastIndex(log, call => call.Contains(" up ", StringComparison.Ordinal)) + 1)..];
        Assert.Equal(["image rm moviesir-api:1"], lastRollOut.Where(call => call.StartsWith("image rm", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_first_version_that_does_not_become_healthy_says_that_there_is_none_before()
    {
        var result = await _script.RunAsync("roll-out", "app-node", "--env-file", EnvFile("API_IMAGE=BROKEN"));

        Assert.Equal(1, result.Code);
        Assert.Contains("rolled_back=no-previous-version", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_edge_starts_again_when_its_configuration_changed_and_only_then_and_only_if_nginx_takes_it()
    {
        var nginx = Path.Combine(Directory.CreateDirectory(Path.Combine(_directory, "nginx")).FullName, "nginx.conf");
        const string Restart = "compose restart edge";

        await File.WriteAllTextAsync(nginx, "first");
        await RollOutAsync(0);
        Assert.Contains(Restart, await CallsAsync());
        await RollOutAsync(0);
        Assert.DoesNotContain(Restart, await CallsAsync());

        await File.WriteAllTextAsync(nginx, "BROKEN");
        Assert.Contains("reason=edge-configuration-refused", await RollOutAsync(1), StringComparison.Ordinal);
        Assert.DoesNotContain(Restart, await CallsAsync());
        await File.WriteAllTextAsync(nginx, "second");
        await RollOutAsync(0);
        Assert.Contains(Restart, await CallsAsync());

        async Task<string> RollOutAsync(int code)
        {
            File.Delete(Path.Combine(_directory, "docker.log"));
            var result = await _script.RunAsync("roll-out", "app-node", "--env-file", EnvFile("API_IMAGE=api:1"));
            Assert.True(result.Code == code, result.Output);
            return result.Output;
        }

        Task<string[]> CallsAsync() => File.ReadAllLinesAsync(Path.Combine(_directory, "docker.log"));
    }

    [Theory]
    [InlineData()]
    [InlineData("other-node", "--env-file", "/dev/null")]
    [InlineData("app-node", "--env-file", "/dev/null")]
    [InlineData("app-node", "--unknown", "/dev/null")]
    public async Task What_is_called_wrongly_starts_nothing(params string[] arguments)
    {
        var result = await _script.RunAsync("roll-out", arguments);

        Assert.Equal(2, result.Code);
        Assert.False(File.Exists(Path.Combine(_directory, "docker.log")));
    }

    private string EnvFile(string content)
    {
        var file = Path.Combine(_directory, Path.GetRandomFileName());
        File.WriteAllText(file, content);
        return file;
    }
}
