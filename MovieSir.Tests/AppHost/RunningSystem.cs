using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using MovieSir.Tests.Api.Console;
using MovieSir.Tests.Browser;
using MovieSir.Tests.Infrastructure;

namespace MovieSir.Tests.AppHost;

/// <summary>The Aspire model, running on free ports and in a home of its own, with two API processes: one for all tests of the collection.</summary>
public sealed class RunningSystem(TestServers servers) : IAsyncLifetime
{
    /// <summary>How long a start or a recovery may take on a machine that is busy with other tests.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(8);

    private readonly ConcurrentDictionary<string, ResourceEvent> _parts = new();
    private readonly CancellationTokenSource _end = new();
    private DistributedApplication _app = null!;
    private Task _watch = Task.CompletedTask;

    public HttpClient Http { get; } = new() { Timeout = TimeSpan.FromSeconds(30) };

    internal string Home { get; } = TestHome.Create(servers);

    /// <summary>Google and GitHub, as the console's sign-in knows them.</summary>
    internal ProviderStandIn Provider { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Provider = await ProviderStandIn.StartAsync();
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.MovieSir_AppHost>(
            ["--Embedded=true", "--FreePorts=true", "--ApiReplicas=2", $"--MOVIESIR_HOME={Home}"]);
        // All tests of the collection come from one address; and they do not wait a minute for a mail that a killed sender held.
        builder.CreateResourceBuilder((ProjectResource)builder.Resources.Single(part => part.Name == "api"))
            .WithEnvironment("Accounts__MailsPerAddress", "1000")
            .WithEnvironment("Mail__HoldSeconds", "5")
            .WithEnvironment("Mail__LongestRetrySeconds", "5")
            .WithEnvironment(context => Provider.Settings.Select(setting => setting.TrimStart('-').Split('=', 2)).ToList()
                .ForEach(setting => context.EnvironmentVariables[setting[0].Replace(":", "__", StringComparison.Ordinal)] = setting[1]));
        _app = await builder.BuildAsync();
        using var limit = new CancellationTokenSource(Patience);
        _watch = WatchAsync();
        await _app.StartAsync(limit.Token);
        foreach (var part in (string[])["api", "edge", "mail"])
        {
            await _app.ResourceNotifications.WaitForResourceHealthyAsync(part, WaitBehavior.StopOnResourceUnavailable, limit.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _watch;
        await _app.DisposeAsync();
        await Provider.DisposeAsync();
        _end.Dispose();
        Http.Dispose();
    }

    /// <summary>The processes of a part, as they are now.</summary>
    internal IReadOnlyList<RunningPart> PartsOf(string name) =>
        [.. _parts.Values.Where(part => part.Resource.Name == name).Select(part => new RunningPart(part.ResourceId, part.Snapshot))];

    internal RunningPart Part(string id) => new(id, _parts[id].Snapshot);

    /// <summary>Starts a part that has ended, by Aspire's own command.</summary>
    internal async Task StartAsync(RunningPart part)
    {
        var result = await _app.ResourceCommands.ExecuteCommandAsync(part.Id, KnownResourceCommands.StartCommand);
        Assert.True(result.Success, result.Message);
    }

    /// <summary>Runs a command of the dashboard.</summary>
    /// <returns>What it printed.</returns>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    internal async Task<string> RunAsync(string part, string command, params (string Name, string Value)[] arguments)
    {
#pragma warning disable ASPIREINTERACTION001 // values that a command asks for are experimental
        var values = new InteractionInputCollection(
            [.. arguments.Select(argument => new InteractionInput { Name = argument.Name, InputType = InputType.Text, Value = argument.Value })]);
#pragma warning restore ASPIREINTERACTION001
        var result = await _app.ResourceCommands.ExecuteCommandAsync(PartsOf(part)[0].Id, command, values);
        return result.Success ? result.Data?.Value ?? "" : throw new InvalidOperationException(result.Message);
    }

    /// <summary>Makes a key as an operator does, by the API's own command.</summary>
    internal Task<string> CreateKeyAsync(string plan, params string[] options) =>
        RunApiAsync(["keys", "create", "--company", "AppHost tests", "--plan", plan, .. options]);

    /// <summary>Runs a command of the API's own program, as <c>./moviesir</c> does.</summary>
    /// <returns>What it printed.</returns>
    internal async Task<string> RunApiAsync(params string[] arguments)
    {
        var output = Path.GetRelativePath(Path.Combine(RepositoryPaths.Root, "MovieSir.Tests"), AppContext.BaseDirectory);
        var program = Path.Combine(RepositoryPaths.Root, "MovieSir.Api", output, "MovieSir.Api.dll");
        var start = new ProcessStartInfo("dotnet", [program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ConnectionStrings__moviesir"] = await DatabaseAsync();
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var printed = (await process.StandardOutput.ReadToEndAsync()).Trim();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await error);
        return printed;
    }

    internal async Task<HttpResponseMessage> RecommendAsync(string key, Uri? api = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(api ?? AddressOf("api"), "/v1/recommend"))
        {
            Content = JsonContent.Create(new { available_time = 180 }),
        };
        request.Headers.Add("X-API-Key", key);
        return await Http.SendAsync(request);
    }

    /// <summary>Where a part is reached; the API's processes are behind one address.</summary>
    internal Uri AddressOf(string name) => _app.GetEndpoint(name, "http");

    /// <summary>Where a person finds the travellers' app.</summary>
    internal Uri App => new UriBuilder(AddressOf("edge")) { Host = "demo.localhost" }.Uri;

    /// <summary>Where a partner's engineer finds the console.</summary>
    internal Uri Console => new UriBuilder(AddressOf("edge")) { Host = "console.localhost" }.Uri;

    /// <summary>Where each process of the API itself listens.</summary>
    internal IReadOnlyList<Uri> Replicas() =>
        [.. PartsOf("api").Select(part => new Uri(part.Snapshot.EnvironmentVariables.Single(variable => variable.Name == "ASPNETCORE_URLS").Value!))];

    /// <summary>The connection of the database's owner.</summary>
    internal async Task<string> DatabaseAsync() => (await _app.GetConnectionStringAsync("moviesir"))!;

    internal static Task UntilAsync(Func<bool> condition) => UntilAsync(() => Task.FromResult(condition()));

    internal static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (!await condition())
        {
            await Task.Delay(100, limit.Token);
        }
    }

    private async Task WatchAsync()
    {
        try
        {
            await foreach (var change in _app.ResourceNotifications.WatchAsync(_end.Token))
            {
                _parts[change.ResourceId] = change;
            }
        }
        catch (OperationCanceledException) when (_end.IsCancellationRequested)
        {
            // The tests of the collection are done.
        }
    }
}

/// <summary>A process of a part.</summary>
internal sealed record RunningPart(string Id, CustomResourceSnapshot Snapshot)
{
    public int ProcessId => Convert.ToInt32(
        Snapshot.Properties.Single(property => property.Name == "executable.pid").Value, CultureInfo.InvariantCulture);

    public bool HasEnded => KnownResourceStates.TerminalStates.Contains(Snapshot.State?.Text);

    public bool IsHealthy => Snapshot.State?.Text == KnownResourceStates.Running && Snapshot.HealthStatus == HealthStatus.Healthy;

    /// <summary>kill -9 of the program itself: a project is started by <c>dotnet run</c>, whose child it is.</summary>
    public void Kill()
    {
        using var process = Process.GetProcessById(Snapshot.ResourceType == "Project" ? ProcessTree.ChildrenOf(ProcessId).Single() : ProcessId);
        process.Kill();
    }
}

[CollectionDefinition(Name)]
public sealed class AppHostTests : ICollectionFixture<RunningSystem>, ICollectionFixture<TestBrowser>
{
    public const string Name = "AppHost";
}
