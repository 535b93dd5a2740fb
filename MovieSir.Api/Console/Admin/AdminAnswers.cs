using System.Text.Json.Serialization;
using MovieSir.Data.B2b;

namespace MovieSir.Api.Console.Admin;

/// <summary>What is to be changed of a company. What is left out stays.</summary>
public sealed record CompanyChange
{
    public Plan? Plan { get; init; }

    /// <summary>False: its keys stop within five seconds, and its members may do nothing.</summary>
    public bool? IsActive { get; init; }
}

/// <summary>A company as administrators see it.</summary>
internal sealed record CompanyRow(
    Guid CompanyId, string Name, Plan Plan, bool IsActive, DateTimeOffset CreatedAt, int Members, int Keys, long CallsToday);

internal sealed record CompanyPage(IReadOnlyList<CompanyRow> Companies, int Total);

internal enum TravellerState
{
    Active,

    /// <summary>Switched off by an administrator.</summary>
    Suspended,

    /// <summary>Deleted by its owner; until the erasure it can be restored.</summary>
    Deleted,
}

/// <summary>A traveller with an account.</summary>
internal record TravellerRow
{
    public required Guid UserId { get; init; }

    public required string Email { get; init; }

    public required string? Nickname { get; init; }

    public required TravellerState State { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset? LastSeenAt { get; init; }

    /// <summary>Recommendations that were asked for.</summary>
    public required int Sessions { get; init; }
}

/// <summary>A traveller with what is known beside.</summary>
internal sealed record TravellerDetail : TravellerRow
{
    public required int[] ProviderIds { get; init; }

    public required bool OnboardingCompleted { get; init; }
}

internal sealed record TravellerPage(IReadOnlyList<TravellerRow> Users, int Total);

/// <summary>How many in the last days in Seoul, today among them.</summary>
internal sealed record PeriodCounts(
    long Today, [property: JsonPropertyName("days_7")] long Days7, [property: JsonPropertyName("days_30")] long Days30);

/// <summary>How many travellers there are, and what they ask for.</summary>
internal sealed record TravellerStats(long Accounts, long Guests, long Onboarded, PeriodCounts NewAccounts, PeriodCounts Recommendations);

/// <summary>A movie of a recommendation.</summary>
internal sealed record SessionMovie(int MovieId, string Title, int? Runtime, string Track);

internal sealed record SessionMovies(IReadOnlyList<SessionMovie> Movies);

internal enum ActKind
{
    Recommended,
    Clicked,
    Watched,
}

/// <summary>Something that a traveller did.</summary>
internal sealed record TravellerAct(DateTimeOffset OccurredAt, ActKind Kind, string? Nickname, Guid? SessionId, string? Title);

internal sealed record TravellerActs(IReadOnlyList<TravellerAct> Items);

/// <summary>What one training learned.</summary>
internal sealed record ModelRow(string Version, DateTimeOffset CreatedAt, bool IsPublished);

internal sealed record ModelList(IReadOnlyList<ModelRow> Models);

internal enum ImportState
{
    /// <summary>The only one: an import is written down in the transaction that completes it.</summary>
    Completed,
}

/// <summary>One source that was imported, and how many movies or ratings it gave.</summary>
internal sealed record ImportRow(
    long ImportId, DateTimeOffset StartedAt, DateTimeOffset FinishedAt, ImportState State, string Source, long Movies, long Ratings);

internal sealed record ImportList(IReadOnlyList<ImportRow> Imports);
