using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MovieSir.Data.B2b;

/// <summary>
/// How many calls of a company on one day (Asia/Seoul) took how long: a histogram, counted from the log in the transaction that writes it.
/// </summary>
internal sealed class UsageLatency
{
    public Guid CompanyId { get; set; }

    public DateOnly Day { get; set; }

    /// <summary>
    /// What <c>b2b.latency_bucket</c> makes of the milliseconds: bucket n holds 0.1 · 2^(n/10) up to 0.1 · 2^((n+1)/10). Its middle is within 3.6 %
    /// of all that it holds.
    /// </summary>
    public short Bucket { get; set; }

    public long Calls { get; set; }
}

internal sealed class UsageLatencyConfiguration : IEntityTypeConfiguration<UsageLatency>
{
    public void Configure(EntityTypeBuilder<UsageLatency> builder)
    {
        builder.ToTable("usage_latency", Schemas.B2b);
        builder.HasKey(u => new { u.CompanyId, u.Day, u.Bucket });
    }
}
