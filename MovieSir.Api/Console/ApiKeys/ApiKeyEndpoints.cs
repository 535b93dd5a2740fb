using Microsoft.AspNetCore.Http.HttpResults;
using MovieSir.Api.Accounts;
using MovieSir.Api.Companies.Keys;
using MovieSir.Api.Companies.Quota;
using MovieSir.Api.Console.Calls;
using MovieSir.Api.Http;
using MovieSir.Data.B2b;
using MovieSir.ServiceDefaults.Http;

namespace MovieSir.Api.Console.ApiKeys;

internal static class ApiKeyEndpoints
{
    public static void MapApiKeys(this IEndpointRouteBuilder console)
    {
        var keys = console.MapGroup("/api-keys");
        keys.MapGet("", ListAsync).WithName("ApiKeys").WithSummary("The company's keys, the newest first");
        keys.MapPost("", CreateAsync).WithName("CreateApiKey").WithSummary("Make a key; it is shown this once")
            .Needs(MemberRole.Developer).Validated();
        keys.MapPatch("/{id:guid}", ChangeAsync).WithName("ChangeApiKey").WithSummary("Change a key's name, scopes, addresses or end")
            .Needs(MemberRole.Developer).Validated();
        keys.MapPost("/{id:guid}/activate", ActivateAsync).WithName("ActivateApiKey").WithSummary("Switch a key on")
            .Needs(MemberRole.Developer);
        keys.MapPost("/{id:guid}/deactivate", DeactivateAsync).WithName("DeactivateApiKey")
            .WithSummary("Switch a key off: every replica refuses it within five seconds").Needs(MemberRole.Developer);
        keys.MapPost("/{id:guid}/reroll", RerollAsync).WithName("RerollApiKey")
            .WithSummary("Make a key that takes another's place, which goes on working for a while")
            .WithDescription("The new key has the other one's name, scopes and addresses, and no end.").Needs(MemberRole.Developer).Validated();
        keys.MapDelete("/{id:guid}", DeleteAsync).WithName("DeleteApiKey").WithSummary("Delete a key for good; its history stays")
            .Needs(MemberRole.Developer);
    }

    private static async Task<Ok<KeyList>> ListAsync(
        ConsoleCall call, CompanyKeyStore store, TimeProvider clock, CancellationToken cancellationToken) =>
        TypedResults.Ok(new KeyList(await ReadAsync(call, store, clock, null, cancellationToken)));

    private static async Task<Results<Created<NewKeyAnswer>, Problem<Status409>, Problem<Status422>>> CreateAsync(
        KeyBody body, ConsoleCall call, CompanyKeys keys, CompanyKeyStore store, TimeProvider clock, CancellationToken cancellationToken)
    {
        var (name, addresses) = (body.Name!.Trim(), Addresses(body.AllowedAddresses ?? []));
        if (ProblemOf(name, addresses, body.ExpiresAt, clock) is { } problem)
        {
            return problem;
        }

        var wish = new KeyWish(name, KeyScopes.Write(body.Scopes), addresses!, body.ExpiresAt?.ToUniversalTime());
        return await keys.CreateAsync(call.CompanyId, call.Actor, wish, cancellationToken) is KeyOutcome.Done(var keyId, var secret)
            ? Created(await ReadAsync(call, store, clock, keyId, cancellationToken), secret)
            : ConsoleProblems.ManyKeys();
    }

    private static async Task<Results<Ok<CompanyKey>, Problem<Status404>, Problem<Status409>, Problem<Status422>>> ChangeAsync(
        Guid id, KeyChange change, ConsoleCall call, CompanyKeys keys, CompanyKeyStore store, TimeProvider clock,
        CancellationToken cancellationToken)
    {
        var (name, addresses) = (change.Name?.Trim(), Addresses(change.AllowedAddresses ?? []));
        if (ProblemOf(name, addresses, change.ExpiresAt, clock) is { } problem)
        {
            return problem;
        }

        var outcome = await keys.ChangeAsync(call.CompanyId, call.Actor, id, "key.changed", (key, _) =>
        {
            if (change.HasExpiresAt && key.RerolledAt is not null)
            {
                return false;
            }

            key.Name = name ?? key.Name;
            key.Scopes = change.Scopes is null ? key.Scopes : KeyScopes.Write(change.Scopes);
            key.AllowedAddresses = change.AllowedAddresses is null ? key.AllowedAddresses : addresses!;
            key.ExpiresAt = change.HasExpiresAt ? change.ExpiresAt?.ToUniversalTime() : key.ExpiresAt;
            return true;
        }, cancellationToken);
        return outcome switch
        {
            KeyOutcome.Retiring => ConsoleProblems.RetiringKey(),
            KeyOutcome.Done when await FindAsync(call, store, clock, id, cancellationToken) is { } key => TypedResults.Ok(key),
            _ => ConsoleProblems.NoSuchKey(),
        };
    }

    private static Task<Results<Ok<CompanyKey>, Problem<Status404>>> ActivateAsync(
        Guid id, ConsoleCall call, CompanyKeys keys, CompanyKeyStore store, TimeProvider clock, CancellationToken cancellationToken) =>
        SwitchAsync(id, "key.activated", (key, _) => key.DeactivatedAt = null, call, keys, store, clock, cancellationToken);

    private static Task<Results<Ok<CompanyKey>, Problem<Status404>>> DeactivateAsync(
        Guid id, ConsoleCall call, CompanyKeys keys, CompanyKeyStore store, TimeProvider clock, CancellationToken cancellationToken) =>
        SwitchAsync(id, "key.deactivated", (key, now) => key.DeactivatedAt ??= now, call, keys, store, clock, cancellationToken);

    private static async Task<Results<Ok<CompanyKey>, Problem<Status404>>> SwitchAsync(
        Guid id, string action, Action<ApiKey, DateTimeOffset> change, ConsoleCall call, CompanyKeys keys, CompanyKeyStore store,
        TimeProvider clock, CancellationToken cancellationToken)
    {
        var outcome = await keys.ChangeAsync(call.CompanyId, call.Actor, id, action, (key, now) =>
        {
            change(key, now);
            return true;
        }, cancellationToken);
        return outcome is KeyOutcome.Done && await FindAsync(call, store, clock, id, cancellationToken) is { } key
            ? TypedResults.Ok(key)
            : ConsoleProblems.NoSuchKey();
    }

    private static async Task<Results<Created<NewKeyAnswer>, Problem<Status404>, Problem<Status409>>> RerollAsync(
        Guid id, RerollBody body, ConsoleCall call, CompanyKeys keys, CompanyKeyStore store, TimeProvider clock,
        CancellationToken cancellationToken) =>
        await keys.RerollAsync(call.CompanyId, call.Actor, id, TimeSpan.FromHours(body.GraceHours), cancellationToken) switch
        {
            KeyOutcome.Done(var keyId, var secret) => Created(await ReadAsync(call, store, clock, keyId, cancellationToken), secret),
            KeyOutcome.TooMany => ConsoleProblems.ManyKeys(),
            KeyOutcome.Retiring => ConsoleProblems.RetiringKey(),
            _ => ConsoleProblems.NoSuchKey(),
        };

    private static async Task<Results<NoContent, Problem<Status404>>> DeleteAsync(
        Guid id, ConsoleCall call, CompanyKeys keys, CancellationToken cancellationToken)
    {
        var outcome = await keys.ChangeAsync(call.CompanyId, call.Actor, id, "key.deleted", (key, now) =>
        {
            key.RevokedAt = now;
            return true;
        }, cancellationToken);
        return outcome is KeyOutcome.Done ? TypedResults.NoContent() : ConsoleProblems.NoSuchKey();
    }

    private static Task<IReadOnlyList<CompanyKey>> ReadAsync(
        ConsoleCall call, CompanyKeyStore store, TimeProvider clock, Guid? keyId, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return store.ListAsync(call.CompanyId, keyId, SeoulDay.Of(now), now, cancellationToken);
    }

    private static async Task<CompanyKey?> FindAsync(
        ConsoleCall call, CompanyKeyStore store, TimeProvider clock, Guid keyId, CancellationToken cancellationToken) =>
        (await ReadAsync(call, store, clock, keyId, cancellationToken)) is [var key] ? key : null;

    private static Created<NewKeyAnswer> Created(IReadOnlyList<CompanyKey> keys, string secret) =>
        TypedResults.Created((string?)null, new NewKeyAnswer(keys[0], secret));

    /// <summary>What is wrong with the fields of a key. A name that is null was not given; addresses that are null were not understood.</summary>
    private static Problem<Status422>? ProblemOf(string? name, string[]? addresses, DateTimeOffset? expiresAt, TimeProvider clock) =>
        name is "" || name?.Any(char.IsControl) == true ? AccountProblems.Invalid("name", "is no name.")
        : addresses is null ? AccountProblems.Invalid("allowed_addresses", "holds something that is neither an address nor a network.")
        : expiresAt <= clock.GetUtcNow() ? AccountProblems.Invalid("expires_at", "has passed.")
        : null;

    /// <summary>Addresses in their one form, each once; null where one of them is none.</summary>
    private static string[]? Addresses(IReadOnlyList<string> texts)
    {
        var ranges = texts.Select(AddressRange.Read).ToList();
        return ranges.TrueForAll(range => range is not null) ? [.. ranges.Select(range => AddressRange.Write(range!.Value)).Distinct()] : null;
    }
}
