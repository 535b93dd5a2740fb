using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MovieSir.Data.B2b;

/// <summary>Calls of one key to one endpoint on one day (Asia/Seoul): summed from the log in the transaction that writes it.</summary>
internal sealed class UsageByDay
{
    public DateOnly Day { get; set; }

    public Guid ApiKeyId { get; set; }

    public required string Endpoint { get; set; }

    public Guid CompanyId { get; set; }

    public long Calls { get; set; }

    public long Charged { get; set; }

    public long ClientErrors { get; set; }

    public long ServerErrors { get; set; }

    public double LatencyMsSum { get; set; }
}

internal sealed class UsageByDayConfiguration : IEntityTypeConfiguration<UsageByDay>
{
    public void Configure(EntityTypeBuilder<UsageByDay> builder)
    {
        builder.ToTable("usage_by_day", Schemas.B2b);
        builder.HasKey(u => new { u.ApiKeyId, u.Day, u.Endpoint });
        builder.HasIndex(u => new { u.CompanyId, u.Day });
    }
}
