using Microsoft.EntityFrameworkCore;
using MovieSir.Api.Accounts.Devices;
using MovieSir.Data;
using MovieSir.Data.Accounts;
using MovieSir.Data.B2b;

namespace MovieSir.Api.Console.People;

/// <summary>Members by their accounts, and how they are signed in.</summary>
internal sealed class ConsoleMembers(IDbContextFactory<MovieSirDbContext> contexts, SignIns signIns, TimeProvider clock)
{
    public const string AccessCookie = "moviesir_console_access";
    public const string RefreshCookie = "moviesir_console_refresh";
    public const string SignUpCookie = "moviesir_console_signup";

    public static readonly SignInScheme Scheme = new(Realm.Member, AccessCookie, RefreshCookie);

    private static readonly TimeSpan SeenAgainAfter = TimeSpan.FromHours(1);

    /// <summary>The member of an account, with company and account; null where it has none.</summary>
    public async Task<Member?> FindAsync(Guid accountId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await FindAsync(context, accountId, cancellationToken);
    }

    /// <summary>Writes down that a member was here, to the hour.</summary>
    public async Task SeenAsync(Member member, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (now - member.LastSeenAt < SeenAgainAfter)
        {
            return;
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await context.Members.Where(known => known.MemberId == member.MemberId)
            .ExecuteUpdateAsync(update => update.SetProperty(known => known.LastSeenAt, now), cancellationToken);
    }

    /// <summary>Whether a member whose call goes on for long is still one, is signed in, and of a company that is not switched off.</summary>
    public async Task<bool> IsStillSignedInAsync(Guid memberId, Guid signInId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var now = clock.GetUtcNow();
        return await context.Members.AnyAsync(
            member => member.MemberId == memberId && member.Company!.DeactivatedAt == null
                && context.SignIns.Any(signIn => signIn.SignInId == signInId && signIn.AccountId == member.AccountId && signIn.ExpiresAt > now),
            cancellationToken);
    }

    /// <summary>Signs somebody in whose password was right.</summary>
    public async Task SignInAsync(HttpContext http, Guid accountId, bool remembered, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var writeCookies = await BeginAsync(http, context, accountId, remembered, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        writeCookies();
    }

    /// <summary>Begins a sign-in, which is there once the transaction is committed.</summary>
    /// <returns>Writes the cookies, after the commit.</returns>
    public async Task<Action> BeginAsync(
        HttpContext http, MovieSirDbContext context, Guid accountId, bool remembered, CancellationToken cancellationToken)
    {
        var writeCookies = signIns.Prepare(http, context, Scheme, accountId, remembered);
        await context.SaveChangesAsync(cancellationToken);
        await signIns.BoundAsync(context, accountId, cancellationToken);
        return writeCookies;
    }

    /// <inheritdoc cref="FindAsync(Guid, CancellationToken)"/>
    public static Task<Member?> FindAsync(MovieSirDbContext context, Guid accountId, CancellationToken cancellationToken) =>
        context.Members.AsNoTracking().Include(member => member.Company).Include(member => member.Account)
            .SingleOrDefaultAsync(member => member.AccountId == accountId, cancellationToken);
}
