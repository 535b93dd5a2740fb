using Microsoft.Extensions.Options;
using MovieSir.Api.Companies;
using MovieSir.Api.Companies.Keys;
using MovieSir.Api.Dependencies;
using MovieSir.Api.Traveller.People;
using MovieSir.Data.B2b;

namespace MovieSir.Api.Traveller.PartnerApi;

/// <summary>
/// The API key that this surface calls the partner API with, as any customer. It is derived from a secret, and its hash is put into the
/// database where it is not there, by every replica.
/// </summary>
internal sealed class OwnKey(ApiKeyStore keys, IOptions<TravellerOptions> options, Outages outages) : BackgroundService
{
    private const string Name = "travellers";
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    public string Text { get; } = ApiKeyFormat.Derive(options.Value.ApiKeySecret);

    // Before the server listens; a database that is away does not keep the API from starting.
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!await EnsureAsync(cancellationToken))
        {
            await base.StartAsync(cancellationToken);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        do
        {
            await Task.Delay(RetryDelay, stoppingToken);
        }
        while (!await EnsureAsync(stoppingToken));
    }

    private async Task<bool> EnsureAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        return await outages.AskAsync(Dependency.PostgreSql, async () =>
        {
            var (perDay, perSecond) = (options.Value.CallsPerDay, options.Value.CallsPerSecond);
            var company = await keys.EnsureCompanyAsync(ServiceCompany.Name, Plan.Enterprise, perDay, perSecond, limit.Token);
            await keys.EnsureKeyAsync(company.CompanyId, Name, Plan.Enterprise, Text, perDay, perSecond, limit.Token);
            return true;
        }, cancellationToken) is Reply<bool>.Answered;
    }
}
