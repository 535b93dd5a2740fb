using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MovieSir.Api.Companies.Accounting;
using MovieSir.Api.Dependencies;
using MovieSir.Data.B2b;
using MovieSir.Tests.Api.Infrastructure;
using Npgsql;

namespace MovieSir.Tests.Api.Companies.Accounting;

public sealed class DirectUsageQueueTests
{
    [Fact]
    public async Task What_a_stop_without_any_store_loses_is_counted_whole()
    {
        var log = new LogCollector();
        await using var away = NpgsqlDataSource.Create("Host=127.0.0.1;Port=1;Username=x;Password=x;Database=x");
        await using var services = new ServiceCollection()
            .AddMetrics()
            .AddLogging(logging => logging.AddProvider(log))
            .AddSingleton(TimeProvider.System)
            .AddSingleton(away)
            .AddSingleton(Options.Create(new AccountingOptions { BatchSize = 3, DirectWriteTimeoutMilliseconds = 50 }))
            .AddSingleton<Outages>().AddSingleton<UsageMetrics>().AddSingleton<UsageStore>().AddSingleton<DirectUsageQueue>()
            .BuildServiceProvider();
        var meters = services.GetRequiredService<IMeterFactory>();
        var counted = 0L;
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Scope == meters && instrument.Name == "moviesir.api.usage.lost")
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, measurement, _, _) => Interlocked.Add(ref counted, measurement));
        listener.Start();
        var queue = services.GetRequiredService<DirectUsageQueue>();
        await queue.StartAsync(CancellationToken.None);

        // A batch of three is under way, four events wait behind it.
        await Task.WhenAll(Enumerable.Range(0, 7).Select(_ => queue.WriteAsync(Event())));
        using var limit = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        await queue.StopAsync(limit.Token);

        Assert.Equal(7, counted);
        Assert.Contains(log.Entries,
            entry => entry.Level == LogLevel.Error && entry.Text.Contains("7 usage events in memory are lost", StringComparison.Ordinal));
    }

    private static UsageEvent Event() => new(
        new RequestLogEntry
        {
            EventId = Guid.CreateVersion7(),
            OccurredAt = DateTimeOffset.UtcNow,
            RequestId = "r",
            Method = "GET",
            Endpoint = "/v1/usage"
        }, null);
}
