using MovieSir.Tests.Infrastructure;

namespace MovieSir.Tests.EndToEnd;

/// <summary>One system with two API processes for the tests of a class.</summary>
public sealed class RunningSystem(TestServers servers) : IAsyncLifetime
{
    internal LocalSystem System { get; private set; } = null!;

    public async ValueTask InitializeAsync() => System = await LocalSystem.StartAsync(LocalSystem.NewHome(servers), "--api-replicas", "2");

    public ValueTask DisposeAsync() => System.DisposeAsync();
}
