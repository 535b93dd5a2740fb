using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MovieSir.Api.Accounts;
using MovieSir.Api.Companies.Audit;
using MovieSir.Api.Companies.Keys;
using MovieSir.Api.Console.People;
using MovieSir.Api.Http;
using MovieSir.Api.Mail;
using MovieSir.Data;
using MovieSir.Data.Accounts;
using MovieSir.Data.B2b;
using MovieSir.Data.Sql;

namespace MovieSir.Api.Console.Members;

/// <summary>What became of an invitation.</summary>
internal abstract record InvitationOutcome
{
    public sealed record Sent(Invitation Invitation) : InvitationOutcome;

    /// <summary>The e-mail is a member's already.</summary>
    public sealed record IsMember : InvitationOutcome;

    public sealed record TooMany : InvitationOutcome;

    public sealed record Accepted(Member Member) : InvitationOutcome;

    /// <summary>The e-mail has an account, of whatever company.</summary>
    public sealed record HasAccount : InvitationOutcome;

    /// <summary>The link does not work, or not any more.</summary>
    public sealed record Gone : InvitationOutcome;
}

/// <summary>Asks people by mail to become members. Who follows the link has shown that the e-mail is theirs.</summary>
internal sealed class Invitations(
    IDbContextFactory<MovieSirDbContext> contexts, ConsoleMembers members, AuditTrail audit, Outbox outbox, IOptions<ConsoleOptions> options,
    TimeProvider clock)
{
    /// <summary>Members and invitations of a company together.</summary>
    public const int MostPeople = 200;

    private const int Days = 7;

    public async Task<IReadOnlyList<InvitationInfo>> ListAsync(Guid companyId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var now = clock.GetUtcNow();
        return [.. (await context.Invitations.AsNoTracking().Where(known => known.CompanyId == companyId && known.ExpiresAt > now)
            .OrderBy(known => known.CreatedAt).ToListAsync(cancellationToken)).Select(InvitationInfo.Of)];
    }

    /// <summary>Mails an invitation. One to the same e-mail before it ends.</summary>
    public async Task<InvitationOutcome> SendAsync(Member by, EmailAddress email, MemberRole role, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        await CompanyKeyStore.LockAsync(context, by.CompanyId, cancellationToken);
        if (await context.Members.AnyAsync(
            member => member.CompanyId == by.CompanyId && member.Account!.EmailKey == email.Key, cancellationToken))
        {
            return new InvitationOutcome.IsMember();
        }

        var now = clock.GetUtcNow();
        await context.Invitations.Where(known => known.ExpiresAt <= now || (known.CompanyId == by.CompanyId && known.EmailKey == email.Key))
            .ExecuteDeleteAsync(cancellationToken);
        if (await context.Members.CountAsync(member => member.CompanyId == by.CompanyId, cancellationToken)
            + await context.Invitations.CountAsync(known => known.CompanyId == by.CompanyId, cancellationToken) >= MostPeople)
        {
            return new InvitationOutcome.TooMany();
        }

        var token = Tokens.New();
        var invitation = new Invitation
        {
            InvitationId = Guid.CreateVersion7(now),
            CompanyId = by.CompanyId,
            Email = email.Text,
            EmailKey = email.Key,
            Role = role,
            TokenHash = Tokens.Hash(token),
            CreatedAt = now,
            ExpiresAt = now.AddDays(Days),
        };
        context.Add(invitation);
        audit.Add(context, by.CompanyId, new Actor(by.Account!.Email), "member.invited", email.Text, ("role", role));
        outbox.Add(
            context, email.Text,
            AccountMails.Invitation(by.Account.Language, by.Company!.Name, $"{options.Value.App}/invitation#token={token}", Days),
            TimeSpan.FromDays(Days));
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        outbox.Announce();
        return new InvitationOutcome.Sent(invitation);
    }

    /// <returns>False where the company has no such invitation.</returns>
    public async Task<bool> WithdrawAsync(Guid companyId, Actor actor, Guid invitationId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var invitation = await context.Invitations.AsNoTracking().SingleOrDefaultAsync(
            known => known.InvitationId == invitationId && known.CompanyId == companyId, cancellationToken);
        if (invitation is null
            || await context.Invitations.Where(known => known.InvitationId == invitationId).ExecuteDeleteAsync(cancellationToken) == 0)
        {
            return false;
        }

        audit.Add(context, companyId, actor, "invitation.withdrawn", invitation.Email);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    /// <summary>The invitation of a link, with its company; null where the link does not work.</summary>
    public async Task<Invitation?> FindAsync(string token, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await FindAsync(context, token, cancellationToken);
    }

    /// <summary>Makes the account and the member of an invitation, and signs them in.</summary>
    public async Task<InvitationOutcome> AcceptAsync(
        HttpContext http, string token, string passwordHash, Language language, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        if (await FindAsync(context, token, cancellationToken) is not { } invitation)
        {
            return new InvitationOutcome.Gone();
        }

        if (await context.Accounts.AnyAsync(
            account => account.Realm == Realm.Member && account.EmailKey == invitation.EmailKey, cancellationToken))
        {
            return new InvitationOutcome.HasAccount();
        }

        // Whoever deletes the invitation has accepted it: a second call finds none.
        if (await context.Invitations.Where(known => known.InvitationId == invitation.InvitationId).ExecuteDeleteAsync(cancellationToken) == 0)
        {
            return new InvitationOutcome.Gone();
        }

        var accountId = Add(context, invitation, passwordHash, language);
        if (!await context.TrySaveUniqueAsync(cancellationToken))
        {
            return new InvitationOutcome.HasAccount(); // since the look at it
        }

        var writeCookies = await members.BeginAsync(http, context, accountId, remembered: true, cancellationToken);
        var member = await ConsoleMembers.FindAsync(context, accountId, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        writeCookies();
        return new InvitationOutcome.Accepted(member!);
    }

    private Guid Add(MovieSirDbContext context, Invitation invitation, string passwordHash, Language language)
    {
        var now = clock.GetUtcNow();
        var account = Account.New(Realm.Member, invitation.Email, invitation.EmailKey, passwordHash, language, now);
        context.Add(account);
        context.Add(Member.New(invitation.CompanyId, account.AccountId, invitation.Role, now));
        audit.Add(context, invitation.CompanyId, new Actor(account.Email), "member.joined", account.Email, ("role", invitation.Role));
        return account.AccountId;
    }

    private Task<Invitation?> FindAsync(MovieSirDbContext context, string token, CancellationToken cancellationToken)
    {
        var (hash, now) = (Tokens.Hash(token), clock.GetUtcNow());
        return context.Invitations.AsNoTracking().Include(known => known.Company).SingleOrDefaultAsync(
            known => known.TokenHash == hash && known.ExpiresAt > now && known.Company!.DeactivatedAt == null, cancellationToken);
    }
}
