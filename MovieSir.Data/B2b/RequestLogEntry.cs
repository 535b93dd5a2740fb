using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MovieSir.Data.B2b;

/// <summary>One answered partner call. Partitioned by month of <see cref="OccurredAt"/>.</summary>
public sealed class RequestLogEntry
{
    /// <summary>UUID v7, made where the call was answered: writing the same event twice writes it once.</summary>
    public Guid EventId { get; set; }

    public DateTimeOffset OccurredAt { get; set; }

    /// <summary>The day in Asia/Seoul that the call counts for: the same day for quota and for usage.</summary>
    public DateOnly UsageDay { get; set; }

    public Guid ApiKeyId { get; set; }

    public Guid CompanyId { get; set; }

    public required string RequestId { get; set; }

    public required string Method { get; set; }

    /// <summary>Route template, for example <c>/v1/movies/{id}</c>.</summary>
    public required string Endpoint { get; set; }

    public short Status { get; set; }

    /// <summary>The problem's <c>code</c> where the call failed.</summary>
    public string? ErrorCode { get; set; }

    public float LatencyMs { get; set; }

    /// <summary>Whether the call counted against the daily quota.</summary>
    public bool Charged { get; set; }

    public Guid? RecommendationId { get; set; }

    public string? ClientUserId { get; set; }

    /// <summary>Where the call came from, as the edge saw it.</summary>
    public IPAddress? ClientAddress { get; set; }

    public int? AvailableMinutes { get; set; }

    /// <summary>TMDB ids of the movies that were answered.</summary>
    public int[] MovieIds { get; set; } = [];

    /// <summary>How many of the movies, from the first, are track A's; the others are track B's. Null where a call has no tracks.</summary>
    public short? TrackAMovies { get; set; }
}

public sealed class RequestLogEntryConfiguration : IEntityTypeConfiguration<RequestLogEntry>
{
    public void Configure(EntityTypeBuilder<RequestLogEntry> builder)
    {
        // Partitioned, which EF Core cannot express: the migration creates it in SQL.
        builder.ToTable("request_log", Schemas.B2b, table => table.ExcludeFromMigrations());
        builder.HasKey(e => new { e.OccurredAt, e.EventId });
    }
}
