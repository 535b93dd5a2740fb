using Microsoft.EntityFrameworkCore;
using MovieSir.Api.Accounts;
using MovieSir.Api.Companies;
using MovieSir.Api.Companies.Audit;
using MovieSir.Api.Http;
using MovieSir.Data;
using MovieSir.Data.Accounts;
using MovieSir.Data.B2b;
using MovieSir.Data.Sql;

namespace MovieSir.Api.Console.People;

/// <summary>What became of a sign-up whose code was right.</summary>
internal abstract record FoundOutcome
{
    public sealed record Founded(Member Member) : FoundOutcome;

    /// <summary>Another company has got the name meanwhile.</summary>
    public sealed record NameTaken : FoundOutcome;

    /// <summary>Another call has used the code, or the e-mail got an account meanwhile.</summary>
    public sealed record Gone : FoundOutcome;
}

/// <summary>How companies and their members' accounts come to be, change and end.</summary>
internal sealed class MemberAccounts(
    IDbContextFactory<MovieSirDbContext> contexts, SignUps signUps, ConsoleMembers members, AuditTrail audit, TimeProvider clock)
{
    /// <summary>Whether a company has a name, or must not have it.</summary>
    public async Task<bool> IsTakenAsync(string name, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return ServiceCompany.IsNamed(name) || await context.Companies.AnyAsync(company => company.Name == name, cancellationToken);
    }

    /// <summary>Makes a company and its owner, whose code was right, and signs the owner in.</summary>
    public async Task<FoundOutcome> FoundAsync(HttpContext http, SignUp signUp, CancellationToken cancellationToken)
    {
        var outcome = await FoundAsync(
            http, signUp.Name, context => signUps.ConfirmAsync(context, signUp, cancellationToken), cancellationToken);
        if (outcome is FoundOutcome.Founded)
        {
            HostCookies.Delete(http.Response, ConsoleMembers.SignUpCookie);
        }

        return outcome;
    }

    /// <summary>Makes a company and its owner, and signs the owner in.</summary>
    /// <param name="http">The call.</param>
    /// <param name="name">The company's name.</param>
    /// <param name="makeAccount">Makes and saves the owner's account; null: there can be none any more.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    public async Task<FoundOutcome> FoundAsync(
        HttpContext http, string name, Func<MovieSirDbContext, Task<Account?>> makeAccount, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        if (await makeAccount(context) is not { } account)
        {
            return new FoundOutcome.Gone();
        }

        var now = clock.GetUtcNow();
        var company = new Company { CompanyId = Guid.CreateVersion7(now), Name = name, Plan = Plan.Free, CreatedAt = now };
        context.Add(company);
        context.Add(Member.New(company.CompanyId, account.AccountId, MemberRole.Owner, now));
        audit.Add(context, company.CompanyId, new Actor(account.Email), "company.created", company.Name);
        if (!await context.TrySaveUniqueAsync(cancellationToken))
        {
            return new FoundOutcome.NameTaken();
        }

        var writeCookies = await members.BeginAsync(http, context, account.AccountId, remembered: true, cancellationToken);
        var member = await ConsoleMembers.FindAsync(context, account.AccountId, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        writeCookies();
        return new FoundOutcome.Founded(member!);
    }

    /// <summary>Renames a company.</summary>
    /// <returns>False where another has the name.</returns>
    public async Task<bool> RenameAsync(Guid companyId, Actor actor, string name, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var company = await context.Companies.SingleAsync(known => known.CompanyId == companyId, cancellationToken);
        if (company.Name == name)
        {
            return true;
        }

        audit.Add(context, companyId, actor, "company.renamed", name, ("before", company.Name));
        company.Name = name;
        return !ServiceCompany.IsNamed(name) && await context.TrySaveUniqueAsync(cancellationToken);
    }

    /// <summary>Ends a company: its keys stop, its members' accounts end. What it did stays, and its name becomes free.</summary>
    public async Task DeleteCompanyAsync(Guid companyId, Actor actor, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var now = clock.GetUtcNow();
        var company = await context.Companies.SingleAsync(known => known.CompanyId == companyId, cancellationToken);
        audit.Add(context, companyId, actor, "company.deleted", company.Name);
        company.DeletedAt = now;
        company.Name = $"{company.Name} ({companyId:N})";
        await context.SaveChangesAsync(cancellationToken);
        await context.ApiKeys.Where(key => key.CompanyId == companyId && key.RevokedAt == null)
            .ExecuteUpdateAsync(update => update.SetProperty(key => key.RevokedAt, now), cancellationToken);
        await context.Invitations.Where(invitation => invitation.CompanyId == companyId).ExecuteDeleteAsync(cancellationToken);
        await context.Accounts.Where(account => context.Members.Any(
                member => member.CompanyId == companyId && member.AccountId == account.AccountId))
            .ExecuteDeleteAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    public async Task SetLanguageAsync(Guid accountId, Language language, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await context.Accounts.Where(account => account.AccountId == accountId)
            .ExecuteUpdateAsync(update => update.SetProperty(account => account.Language, language), cancellationToken);
    }
}
