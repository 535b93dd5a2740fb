using MovieSir.Api.Dependencies;
using MovieSir.Api.Http;

namespace MovieSir.Api.Accounts;

/// <summary>The call does not look at the sign-in: a caller makes it to get one, to renew it or to end it.</summary>
internal sealed class WithoutSignInMetadata;

/// <summary>What every call of a surface that people sign in to goes through first, before its body is read.</summary>
internal static class AccountGate
{
    /// <summary>The call is made without a sign-in, or with one that has run out.</summary>
    public static RouteHandlerBuilder WithoutSignIn(this RouteHandlerBuilder builder) => builder.WithMetadata(new WithoutSignInMetadata());

    /// <summary>Refuses what another site's page sent, and answers 503 where PostgreSQL turns out to be away.</summary>
    public static async Task PassAsync(HttpContext context, Outages outages, Func<Task> call)
    {
        if (CrossSite.IsForged(context.Request))
        {
            await AccountProblems.FromAnotherSite().ExecuteAsync(context);
            return;
        }

        try
        {
            await call();
        }
        catch (Exception exception) when (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested
            && outages.Notes(Dependency.PostgreSql, exception))
        {
            await RefuseWithoutStorageAsync(context);
        }
    }

    /// <summary>503: what is stored can neither be read nor written.</summary>
    public static Task RefuseWithoutStorageAsync(HttpContext context)
    {
        context.Response.Headers.RetryAfter = "2";
        return AccountProblems.StorageAway().ExecuteAsync(context);
    }
}
