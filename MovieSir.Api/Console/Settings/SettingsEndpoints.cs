using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using MovieSir.Api.Accounts;
using MovieSir.Api.Accounts.Devices;
using MovieSir.Api.Accounts.Passwords;
using MovieSir.Api.Companies;
using MovieSir.Api.Companies.Quota;
using MovieSir.Api.Console.Calls;
using MovieSir.Api.Console.People;
using MovieSir.Api.Http;
using MovieSir.Data.Accounts;
using MovieSir.Data.B2b;
using MovieSir.ServiceDefaults.Http;

namespace MovieSir.Api.Console.Settings;

/// <summary>What a member wants changed.</summary>
public sealed record MemberChange
{
    /// <summary>Language of pages and mails.</summary>
    public Language? Language { get; init; }
}

/// <summary>A new password, and the one before it.</summary>
public sealed record PasswordChangeBody
{
    [Required, StringLength(PasswordRules.Longest)]
    public string? CurrentPassword { get; init; }

    [Required, StringLength(PasswordRules.Longest, MinimumLength = PasswordRules.Shortest)]
    public string? Password { get; init; }
}

/// <summary>A company's name: the new one, or, where it is to be deleted, its own.</summary>
public sealed record CompanyNameBody
{
    [Required, StringLength(CompanyName.Longest, MinimumLength = 1)]
    public string? Name { get; init; }
}

internal static class SettingsEndpoints
{
    public static void MapSettings(this IEndpointRouteBuilder console)
    {
        console.MapGet("/me", Me).WithName("ConsoleMe").WithSummary("Who is signed in, and for which company");
        console.MapPatch("/me", ChangeAsync).WithName("ChangeConsoleMe").WithSummary("Change the language").Validated();
        console.MapPost("/me/password", SetPasswordAsync).WithName("ChangeMemberPassword")
            .WithSummary("Set a new password; all other sign-ins end").ProducesProblem(StatusCodes.Status429TooManyRequests).Validated();
        console.MapPatch("/company", RenameAsync).WithName("RenameCompany").WithSummary("Rename the company").Needs(MemberRole.Owner).Validated();
        console.MapDelete("/company", DeleteAsync).WithName("DeleteCompany").WithSummary("Delete the company")
            .WithDescription("Its keys stop and its members' accounts end. What was logged stays. The name has to be the company's.")
            .Needs(MemberRole.Owner).Validated();
    }

    private static Ok<ConsoleMe> Me(ConsoleCall call, IOptions<QuotaOptions> quota) => TypedResults.Ok(ConsoleMe.Of(call.Member, quota.Value));

    private static async Task<Ok<ConsoleMe>> ChangeAsync(
        MemberChange change, ConsoleCall call, MemberAccounts accounts, ConsoleMembers members, IOptions<QuotaOptions> quota,
        CancellationToken cancellationToken)
    {
        if (change.Language is { } language)
        {
            await accounts.SetLanguageAsync(call.AccountId, language, cancellationToken);
        }

        return TypedResults.Ok(ConsoleMe.Of((await members.FindAsync(call.AccountId, cancellationToken))!, quota.Value));
    }

    private static async Task<Results<NoContent, Problem<Status422>, Refusal>> SetPasswordAsync(
        PasswordChangeBody body, HttpContext http, ConsoleCall call, AccountCheck check, PasswordHasher passwords, AccountChanges changes,
        IOptions<ConsoleOptions> app, CancellationToken cancellationToken)
    {
        var account = call.Member.Account!;
        if (PasswordRules.ProblemOf(body.Password!, account.Email, call.Member.Company!.Name) is { } weak)
        {
            return AccountProblems.Invalid("password", weak);
        }

        var outcome = await check.CheckAsync(
            Realm.Member, new EmailAddress(account.Email, account.EmailKey), body.CurrentPassword!, ClientAddress.Of(http), cancellationToken);
        if (outcome is not CheckOutcome.Right)
        {
            return AccountCalls.RefusalOf(http, outcome) is { } refusal
                ? refusal
                : AccountProblems.Invalid("current_password", "is not the password of this account.");
        }

        if (await passwords.HashAsync(body.Password!, cancellationToken) is not { } hash)
        {
            return (Refusal)AccountProblems.TooBusy();
        }

        await changes.ChangePasswordAsync(call.AccountId, hash, call.SignInId, app.Value.App, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<Results<Ok<ConsoleMe>, Problem<Status409>, Problem<Status422>>> RenameAsync(
        CompanyNameBody body, ConsoleCall call, MemberAccounts accounts, ConsoleMembers members, IOptions<QuotaOptions> quota,
        CancellationToken cancellationToken)
    {
        if (CompanyName.Read(body.Name) is not { } name)
        {
            return AccountProblems.Invalid("name", "is no name.");
        }

        if (ServiceCompany.IsNamed(call.Member.Company!.Name))
        {
            return ConsoleProblems.OfTheService();
        }

        if (!await accounts.RenameAsync(call.CompanyId, call.Actor, name, cancellationToken))
        {
            return ConsoleProblems.TakenName();
        }

        return TypedResults.Ok(ConsoleMe.Of((await members.FindAsync(call.AccountId, cancellationToken))!, quota.Value));
    }

    private static async Task<Results<NoContent, Problem<Status409>, Problem<Status422>>> DeleteAsync(
        [FromBody] CompanyNameBody body, HttpContext http, ConsoleCall call, MemberAccounts accounts, SignIns signIns,
        CancellationToken cancellationToken)
    {
        if (CompanyName.Read(body.Name) != call.Member.Company!.Name)
        {
            return AccountProblems.Invalid("name", "is not the company's.");
        }

        if (ServiceCompany.IsNamed(call.Member.Company.Name))
        {
            return ConsoleProblems.OfTheService();
        }

        await accounts.DeleteCompanyAsync(call.CompanyId, call.Actor, cancellationToken);
        await signIns.EndAsync(http, ConsoleMembers.Scheme, cancellationToken);
        return TypedResults.NoContent();
    }
}
