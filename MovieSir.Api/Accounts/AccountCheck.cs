using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MovieSir.Api.Accounts.Attempts;
using MovieSir.Api.Accounts.Passwords;
using MovieSir.Api.Dependencies;
using MovieSir.Data;
using MovieSir.Data.Accounts;

namespace MovieSir.Api.Accounts;

/// <summary>What became of an e-mail and a password.</summary>
internal abstract record CheckOutcome
{
    /// <summary>They are an account's; one that was deleted too.</summary>
    public sealed record Right(Account Account) : CheckOutcome;

    /// <summary>They are an account's that an administrator has switched off.</summary>
    public sealed record Suspended : CheckOutcome;

    /// <summary>They are not. Nobody is told whether there is such an account.</summary>
    public sealed record Wrong : CheckOutcome;

    public sealed record TooMany(Reply<int> Taken) : CheckOutcome;

    /// <summary>Too many passwords are being hashed.</summary>
    public sealed record Busy : CheckOutcome;
}

/// <summary>Checks an e-mail and a password, so many times and in the same time whether there is such an account or not.</summary>
internal sealed class AccountCheck(
    IDbContextFactory<MovieSirDbContext> contexts, PasswordHasher passwords, AttemptLimits limits, IOptions<AccountOptions> options)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    public async Task<CheckOutcome> CheckAsync(
        Realm realm, EmailAddress email, string password, IPAddress? address, CancellationToken cancellationToken)
    {
        // Somebody who guesses from elsewhere locks out nobody who is here: only the last of the three is everybody's, and it is wide.
        var here = AttemptLimit.PerNameAtAddress(
            $"sign-in:{realm}", email.Key, address, options.Value.FailuresPerEmailAndAddress, Window);
        var taken = await limits.TakeAsync(
            here,
            AttemptLimit.PerAddress("sign-in", address, options.Value.SignInsPerAddress, Window),
            AttemptLimit.PerName($"sign-in:{realm}", email.Key, options.Value.FailuresPerEmail, Window));
        if (taken is not Reply<int>.Answered(0))
        {
            return new CheckOutcome.TooMany(taken);
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var account = await context.Accounts.AsNoTracking()
            .SingleOrDefaultAsync(known => known.Realm == realm && known.EmailKey == email.Key, cancellationToken);
        switch (await passwords.VerifyAsync(account?.PasswordHash, password, cancellationToken))
        {
            case PasswordCheck.Busy:
                return new CheckOutcome.Busy();
            case PasswordCheck.Right:
                await limits.ForgetAsync(here);
                return account!.SuspendedAt is null ? new CheckOutcome.Right(account) : new CheckOutcome.Suspended();
            default:
                return new CheckOutcome.Wrong();
        }
    }

    /// <summary>Checks the password of somebody who is signed in. It counts as a sign-in: whoever guesses has no more tries here.</summary>
    public async Task<CheckOutcome> CheckAsync(Guid accountId, string password, IPAddress? address, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var account = await context.Accounts.AsNoTracking().SingleOrDefaultAsync(known => known.AccountId == accountId, cancellationToken);
        return account is null
            ? new CheckOutcome.Wrong()
            : await CheckAsync(account.Realm, new EmailAddress(account.Email, account.EmailKey), password, address, cancellationToken);
    }

    /// <summary>Takes one of the links that an address may follow.</summary>
    public Task<Reply<int>> TakeLinkAsync(IPAddress? address) =>
        limits.TakeAsync(AttemptLimit.PerAddress("link", address, options.Value.SignInsPerAddress, Window));

    /// <summary>Takes one of the mails that an e-mail and an address may ask for.</summary>
    public Task<Reply<int>> TakeMailAsync(EmailAddress email, IPAddress? address) => limits.TakeAsync(
        AttemptLimit.PerName("mail", email.Key, options.Value.MailsPerEmail, TimeSpan.FromHours(1)),
        AttemptLimit.PerAddress("mail", address, options.Value.MailsPerAddress, TimeSpan.FromHours(1)));
}
