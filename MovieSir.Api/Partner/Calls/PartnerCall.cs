using System.Diagnostics;
using MovieSir.Api.Companies.Accounting;
using MovieSir.Api.Companies.Keys;
using MovieSir.Api.Companies.Quota;

namespace MovieSir.Api.Partner.Calls;

/// <summary>A keyed call on its way: who calls, what the quota ledger said, and what the log is to know. Handlers take it as a parameter.</summary>
/// <param name="key">Whose call it is.</param>
/// <param name="limits">What the key may do.</param>
/// <param name="quota">What the ledger said; null where it could not be asked.</param>
/// <param name="isChargeable">Whether an answer counts against the daily limit.</param>
/// <param name="startedAt">Timestamp of <see cref="Stopwatch"/> at its arrival.</param>
internal sealed class PartnerCall(PartnerKey key, CallLimits limits, QuotaDecision? quota, bool isChargeable, long startedAt)
{
    public PartnerKey Key { get; } = key;

    public CallLimits Limits { get; } = limits;

    public QuotaDecision? Quota { get; } = quota;

    public bool IsChargeable { get; } = isChargeable;

    /// <summary>Since the call arrived.</summary>
    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(startedAt);

    /// <summary>Set as the answer starts.</summary>
    public bool IsAnswered { get; set; }

    public Guid? RecommendationId { get; private set; }

    public int[] MovieIds { get; private set; } = [];

    public short? TrackAMovies { get; private set; }

    public string? ClientUserId { get; set; }

    public int? AvailableMinutes { get; set; }

    public FeedbackGiven? Feedback { get; set; }

    /// <summary>What the ledger said to this call, which it admitted: no other reaches a handler.</summary>
    public QuotaDecision Admission => Quota ?? throw new InvalidOperationException("A call reached its handler that the quota ledger did not admit.");

    /// <summary>Gives the movies of this answer an id that feedback can name. It names the moment that the call counts for, too.</summary>
    public Guid Recommend(IReadOnlyCollection<int> trackA, IReadOnlyCollection<int> trackB)
    {
        MovieIds = [.. trackA, .. trackB];
        TrackAMovies = (short)trackA.Count;
        RecommendationId = Guid.CreateVersion7(Admission.DecidedAt);
        return RecommendationId.Value;
    }

    public static ValueTask<PartnerCall?> BindAsync(HttpContext context) => ValueTask.FromResult(context.Features.Get<PartnerCall>());
}
