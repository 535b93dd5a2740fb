using MovieSir.Api.Accounts;
using MovieSir.Api.Dependencies;
using MovieSir.Api.Traveller.People;

namespace MovieSir.Api.Traveller.Calls;

/// <summary>
/// What every call of the surface goes through before its body is read: no other site's page, who calls, whether they may; and 503 where
/// PostgreSQL is away.
/// </summary>
internal sealed class TravellerMiddleware(RequestDelegate next, Callers callers, Outages outages)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var metadata = context.GetEndpoint()!.Metadata;
        context.Response.Headers.CacheControl = metadata.GetMetadata<PublicAnswerMetadata>() is null ? "no-store" : "public, max-age=300";
        await AccountGate.PassAsync(context, outages, () => CallAsync(context, metadata));
    }

    private async Task CallAsync(HttpContext context, EndpointMetadataCollection metadata)
    {
        TravellerIdentity? identity = null;
        if (context.Request.Cookies.Count > 0 && metadata.GetMetadata<WithoutSignInMetadata>() is null)
        {
            var found = await outages.AskAsync(
                Dependency.PostgreSql, () => callers.FindAsync(context, context.RequestAborted), context.RequestAborted);
            switch (found)
            {
                case Reply<(TravellerIdentity?, bool)>.Answered((_, true)):
                    await AccountProblems.Expired("/auth/refresh").ExecuteAsync(context);
                    return;
                case Reply<(TravellerIdentity?, bool)>.Answered(var (caller, _)):
                    identity = caller;
                    break;
                default:
                    await AccountGate.RefuseWithoutStorageAsync(context);
                    return;
            }
        }

        var call = new TravellerCall(identity);
        context.Features.Set(call);
        if (identity?.AccountId is null && metadata.GetMetadata<NeedsAccountMetadata>() is not null)
        {
            await AccountProblems.NotSignedIn().ExecuteAsync(context);
            return;
        }

        if (identity is null && metadata.GetMetadata<MakesGuestMetadata>() is not null)
        {
            var (guest, refusal) = await callers.MakeGuestAsync(context, context.RequestAborted);
            if (guest is null)
            {
                await refusal!.ExecuteAsync(context);
                return;
            }

            call.Becomes(guest);
        }

        if (metadata.GetMetadata<RecommendationMetadata>() is not null
            && await callers.CountRecommendationAsync(context, call.Identity!) is { } tooMany)
        {
            await tooMany.ExecuteAsync(context);
            return;
        }

        await next(context);
    }
}
