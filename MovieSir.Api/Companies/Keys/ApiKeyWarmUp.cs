using MovieSir.Api.Dependencies;

namespace MovieSir.Api.Companies.Keys;

/// <summary>
/// Looks a key up once before the server listens: the first look-up of a process opens the connection and compiles the path, and on a busy machine
/// would exceed a caller's limit. A database that is away does not keep the API from starting.
/// </summary>
internal sealed class ApiKeyWarmUp(ApiKeyStore store, Outages outages) : IHostedService
{
    private const int Sha256Bytes = 32;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        await outages.AskAsync(Dependency.PostgreSql, () => store.FindAsync(new byte[Sha256Bytes], limit.Token), Limit, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
