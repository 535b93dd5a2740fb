using System.Text.Json;
using MovieSir.Data;
using MovieSir.Data.B2b;
using MovieSir.ServiceDefaults.Http;

namespace MovieSir.Api.Companies.Audit;

/// <summary>Who does something.</summary>
/// <param name="Email">Null: a command.</param>
/// <param name="AsAdministrator">Whether as an administrator of the service.</param>
internal sealed record Actor(string? Email, bool AsAdministrator = false);

/// <summary>Writes the audit log in the transaction of what it tells of: there is neither one without the other.</summary>
internal sealed class AuditTrail(TimeProvider clock)
{
    private static readonly JsonSerializerOptions Json = CreateOptions();

    /// <summary>Adds an entry. It is there once <paramref name="context"/> is saved and its transaction committed.</summary>
    /// <param name="context">What it is added to.</param>
    /// <param name="companyId">The company that it concerns; null: none.</param>
    /// <param name="actor">Who did it.</param>
    /// <param name="action">What was done, for example <c>key.created</c>.</param>
    /// <param name="subject">To what.</param>
    /// <param name="details">What else is worth knowing. No secret.</param>
    public void Add(
        MovieSirDbContext context, Guid? companyId, Actor actor, string action, string subject,
        params ReadOnlySpan<(string Name, object? Value)> details)
    {
        var members = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (name, value) in details)
        {
            members[name] = value;
        }

        var now = clock.GetUtcNow();
        context.Add(new AuditEntry
        {
            EntryId = Guid.CreateVersion7(now),
            OccurredAt = now,
            CompanyId = companyId,
            ByAdministrator = actor.AsAdministrator,
            Actor = actor.Email,
            Action = action,
            Subject = subject,
            Details = JsonSerializer.Serialize(members, Json),
        });
    }

    private static JsonSerializerOptions CreateOptions()
    {
        var options = new JsonSerializerOptions();
        HttpConventionsExtensions.Configure(options);
        return options;
    }
}
