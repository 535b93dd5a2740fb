namespace MovieSir.Api.Console.Logs;

/// <summary>An answered call.</summary>
internal record LogRow
{
    public required Guid LogId { get; init; }

    public required DateTimeOffset OccurredAt { get; init; }

    public required string Method { get; init; }

    /// <summary>The route, for example <c>/v1/movies/{id}</c>.</summary>
    public required string Endpoint { get; init; }

    public required int Status { get; init; }

    /// <summary>The problem's code where the call ended in an error.</summary>
    public required string? ErrorCode { get; init; }

    public required double LatencyMs { get; init; }

    /// <summary>Whether it counted against the quota.</summary>
    public required bool Charged { get; init; }

    public required Guid KeyId { get; init; }

    public required string KeyName { get; init; }

    public required string RequestId { get; init; }
}

/// <summary>A movie that was answered.</summary>
internal sealed record LoggedMovie(int MovieId, string Title, int? Runtime);

/// <summary>All that is known of an answered call.</summary>
internal sealed record LogDetail : LogRow
{
    /// <summary>The partner's own name of whom the call was for.</summary>
    public required string? ClientUserId { get; init; }

    /// <summary>Where the call came from.</summary>
    public required string? ClientAddress { get; init; }

    /// <summary>The time that was to be filled.</summary>
    public required int? AvailableMinutes { get; init; }

    public required Guid? RecommendationId { get; init; }

    /// <summary>The movies that were answered, as far as the catalog still has them.</summary>
    public required IReadOnlyList<LoggedMovie> Movies { get; init; }
}

/// <summary>A page of the log.</summary>
/// <param name="Logs">The newest first.</param>
/// <param name="NextCursor">Where the next page begins; null: there is none.</param>
internal sealed record LogPage(IReadOnlyList<LogRow> Logs, string? NextCursor);

/// <summary>Which rows of the log are asked for, all of one company.</summary>
internal sealed record LogFilter
{
    public required Guid CompanyId { get; init; }

    public DateTimeOffset? From { get; init; }

    /// <summary>Not including it.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>The least and the greatest status.</summary>
    public (short Least, short Greatest)? Status { get; init; }

    public string? Method { get; init; }

    public string? Endpoint { get; init; }

    public Guid? KeyId { get; init; }

    public string? RequestId { get; init; }

    public LogCursor? After { get; init; }
}
