using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MovieSir.Api.Companies.Accounting;
using MovieSir.Data;
using MovieSir.Data.B2b;
using MovieSir.Tests.Api.Infrastructure;
using MovieSir.Tests.Infrastructure;

namespace MovieSir.Tests.Api.Companies.Accounting;

public sealed class UsageEventTests(TestServers servers) : ApiTest(servers)
{
    [Fact]
    public async Task An_entry_has_the_columns_of_the_table_and_each_reaches_its_own()
    {
        var api = await StartApiAsync();
        var entry = new RequestLogEntry
        {
            EventId = Guid.CreateVersion7(),
            OccurredAt = new DateTimeOffset(2027, 2, 3, 4, 5, 6, TimeSpan.Zero),
            UsageDay = new DateOnly(2027, 2, 3),
            ApiKeyId = Guid.CreateVersion7(),
            CompanyId = Guid.CreateVersion7(),
            RequestId = "request",
            Method = "POST",
            Endpoint = "/v1/recommend",
            Status = 503,
            ErrorCode = "CODE",
            LatencyMs = 12.5f,
            Charged = true,
            RecommendationId = Guid.CreateVersion7(),
            ClientUserId = "seat",
            ClientAddress = IPAddress.Parse("2001:db8::7"),
            AvailableMinutes = 90,
            MovieIds = [3, 1, 2],
        };
        var json = UsageEventJson.Serialize(new UsageEvent(entry, null));

        var columns = await ScalarAsync<string[]>(
            "SELECT array_agg(attname ORDER BY attname) FROM pg_attribute WHERE attrelid = 'b2b.request_log'::regclass AND attnum > 0");
        var names = JsonDocument.Parse(json).RootElement.GetProperty("entry").EnumerateObject().Select(property => property.Name);
        Assert.Equal(columns.Order(StringComparer.Ordinal), names.Order(StringComparer.Ordinal));

        Assert.IsType<UsageWrite.Written>(await api.Services.GetRequiredService<UsageStore>().WriteAsync([json]));
        await using var context = await api.Services.GetRequiredService<IDbContextFactory<MovieSirDbContext>>()
            .CreateDbContextAsync(TestContext.Current.CancellationToken);
        var row = await context.RequestLog.AsNoTracking().SingleAsync(row => row.EventId == entry.EventId, TestContext.Current.CancellationToken);
        Assert.Equivalent(entry, row, strict: true);
    }
}
