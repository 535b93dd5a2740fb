using MovieSir.Api.Accounts;
using MovieSir.Api.Accounts.Devices;
using MovieSir.Api.Console.People;
using MovieSir.Api.Dependencies;
using MovieSir.Data.B2b;

namespace MovieSir.Api.Console.Calls;

/// <summary>
/// What every call of the surface goes through before its body is read: no other site's page, who calls, whether the company and the role may; and
/// 503 where PostgreSQL is away.
/// </summary>
internal sealed class ConsoleMiddleware(RequestDelegate next, SignIns signIns, ConsoleMembers members, Outages outages)
{
    private sealed record Caller(SignInState State, Member? Member);

    public Task InvokeAsync(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        return AccountGate.PassAsync(context, outages, () => CallAsync(context, context.GetEndpoint()!.Metadata));
    }

    private async Task CallAsync(HttpContext context, EndpointMetadataCollection metadata)
    {
        if (metadata.GetMetadata<WithoutSignInMetadata>() is not null)
        {
            await next(context);
            return;
        }

        var found = await outages.AskAsync(Dependency.PostgreSql, () => FindAsync(context), context.RequestAborted);
        if (found is not Reply<Caller>.Answered(var caller))
        {
            await AccountGate.RefuseWithoutStorageAsync(context);
            return;
        }

        if (Judge(caller, metadata) is { } refusal)
        {
            await refusal.ExecuteAsync(context);
            return;
        }

        context.Features.Set(new ConsoleCall(caller.Member!, ((SignInState.Active)caller.State).SignInId));
        await next(context);
    }

    private async Task<Caller> FindAsync(HttpContext context)
    {
        var state = await signIns.FindAsync(context, ConsoleMembers.Scheme, context.RequestAborted);
        var member = state is SignInState.Active(_, var accountId) ? await members.FindAsync(accountId, context.RequestAborted) : null;
        if (member is not null)
        {
            await members.SeenAsync(member, context.RequestAborted);
        }

        return new Caller(state, member);
    }

    /// <returns>Null: the caller may.</returns>
    private static IResult? Judge(Caller caller, EndpointMetadataCollection metadata)
    {
        if (caller.State is SignInState.Expired)
        {
            return AccountProblems.Expired(ConsoleConventions.Refresh);
        }

        if (caller.Member is not { Company: { } company } member)
        {
            return AccountProblems.NotSignedIn();
        }

        if (company.DeactivatedAt is not null)
        {
            return ConsoleProblems.Deactivated();
        }

        if (metadata.GetMetadata<AdministratorMetadata>() is not null && !member.IsAdministrator)
        {
            return ConsoleProblems.NoAdministrator();
        }

        return metadata.GetMetadata<RoleMetadata>() is { Role: var role } && member.Role < role ? ConsoleProblems.SmallRole(role) : null;
    }
}
