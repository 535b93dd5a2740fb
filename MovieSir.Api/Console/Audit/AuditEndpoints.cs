using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using MovieSir.Api.Console.Calls;
using MovieSir.Api.Http;
using MovieSir.Data.B2b;

namespace MovieSir.Api.Console.Audit;

/// <summary>A page of the audit log.</summary>
/// <param name="Entries">The newest first.</param>
/// <param name="NextCursor">Where the next page begins; null: there is none.</param>
internal sealed record AuditPage(IReadOnlyList<AuditInfo> Entries, Guid? NextCursor)
{
    /// <param name="entries">One more than are shown, where there are as many.</param>
    /// <param name="limit">How many are shown.</param>
    public static AuditPage Of(IReadOnlyList<AuditInfo> entries, int limit) =>
        entries.Count <= limit ? new AuditPage(entries, null) : new AuditPage([.. entries.Take(limit)], entries[limit - 1].EntryId);
}

internal static class AuditEndpoints
{
    private const int MostEntries = 200;

    public static void MapAudit(this IEndpointRouteBuilder console) =>
        console.MapGet("/audit", ReadAsync).WithName("AuditLog").WithSummary("Who did what, the newest first")
            .WithDescription("Nobody can change or delete an entry.").Needs(MemberRole.Owner).Validated(hasBody: false);

    private static async Task<Ok<AuditPage>> ReadAsync(
        ConsoleCall call, AuditStore store, CancellationToken cancellationToken, Guid? cursor = null, [Range(1, MostEntries)] int limit = 50) =>
        TypedResults.Ok(AuditPage.Of(await store.OfCompanyAsync(call.CompanyId, cursor, limit + 1, cancellationToken), limit));
}
