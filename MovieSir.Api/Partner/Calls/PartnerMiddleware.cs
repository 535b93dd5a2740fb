using System.Diagnostics;
using MovieSir.Api.Companies.Keys;
using MovieSir.Api.Companies.Quota;
using MovieSir.Api.Dependencies;
using MovieSir.Api.Http;

namespace MovieSir.Api.Partner.Calls;

/// <summary>
/// What every keyed call goes through before anything of its body is read: authentication, then quota; and as its answer starts, accounting.
/// It covers the whole prefix, so that a call that matches no route, or none with this media type, is held to the same rules.
/// </summary>
internal sealed class PartnerMiddleware(
    RequestDelegate next, ApiKeyAuthenticator authenticator, InvalidKeyLimit invalidKeys, QuotaLedger ledger, UsageRecorder recorder,
    PartnerRoutes routes, KeyMetrics metrics)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var startedAt = Stopwatch.GetTimestamp();
        if (routes.IsKeyless(context))
        {
            await next(context);
            return;
        }

        switch (await authenticator.AuthenticateAsync(CredentialOf(context.Request)))
        {
            case Authentication.Accepted(var key):
                await CallAsync(context, key, startedAt);
                break;
            case Authentication.Rejected:
                await RefuseAsync(context);
                break;
            default:
                RateLimitHeaders.WriteRetryAfter(context.Response.Headers, UsageRecorder.RetryAfterOutageSeconds);
                await PartnerProblems.KeysAway().ExecuteAsync(context);
                break;
        }
    }

    private Task RefuseAsync(HttpContext context)
    {
        if (invalidKeys.Failed(ClientAddress.Of(context)) is not { } seconds)
        {
            metrics.Refused(PartnerProblems.InvalidApiKey);
            context.Response.Headers.WWWAuthenticate = PartnerConventions.Challenge;
            return PartnerProblems.BadKey().ExecuteAsync(context);
        }

        metrics.Refused(PartnerProblems.TooManyInvalidKeys);
        RateLimitHeaders.WriteRetryAfter(context.Response.Headers, seconds);
        return PartnerProblems.ManyBadKeys().ExecuteAsync(context);
    }

    private async Task CallAsync(HttpContext context, PartnerKey key, long startedAt)
    {
        var metadata = context.GetEndpoint()?.Metadata;
        // A key says where it may be used from, and for what: such a call is logged and held to the burst limit, and charged to nobody.
        var forbidden = !key.MayComeFrom(ClientAddress.Of(context)) ? PartnerProblems.WrongAddress(ClientAddress.Of(context))
            : metadata?.GetMetadata<ScopeMetadata>() is { Scope: var scope } && !key.MayCall(scope) ? PartnerProblems.NoScope(scope)
            : null;
        var cost = forbidden is null && metadata?.GetMetadata<FreeOfChargeMetadata>() is null ? 1 : 0;
        var decision = await ledger.AdmitAsync(key, cost) is Reply<QuotaDecision>.Answered(var admission) ? admission : null;
        var call = new PartnerCall(key, ledger.LimitsOf(key), decision, cost > 0, startedAt);
        context.Features.Set(call);
        context.Response.OnStarting(() => recorder.AnsweringAsync(context, call));
        context.Response.OnCompleted(() => recorder.CompletedAsync(call));
        await (decision?.Verdict switch
        {
            null => PartnerProblems.QuotaAway().ExecuteAsync(context),
            QuotaVerdict.DailyLimitReached => PartnerProblems.DailyLimit(call.Limits.PerDay).ExecuteAsync(context),
            QuotaVerdict.BurstLimitReached => PartnerProblems.BurstLimit(call.Limits.PerSecond).ExecuteAsync(context),
            QuotaVerdict.UsageBacklog => PartnerProblems.Backlog().ExecuteAsync(context),
            _ => forbidden?.ExecuteAsync(context) ?? next(context),
        });
    }

    // Two keys are no key: nobody can say which one is meant.
    private static string? CredentialOf(HttpRequest request) =>
        request.Headers.TryGetValue(PartnerConventions.KeyHeader, out var values) && values.Count == 1 ? values[0] : null;
}
