using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using MovieSir.Api.Accounts;
using MovieSir.Api.Accounts.Passwords;
using MovieSir.Api.Companies.Quota;
using MovieSir.Api.Console.Calls;
using MovieSir.Api.Console.People;
using MovieSir.Api.Dependencies;
using MovieSir.Api.Http;
using MovieSir.Data.B2b;
using MovieSir.ServiceDefaults.Http;

namespace MovieSir.Api.Console.Members;

internal static class MemberEndpoints
{
    public static void MapMembers(this IEndpointRouteBuilder console)
    {
        console.MapGet("/members", ListAsync).WithName("Members").WithSummary("People of the company, and invitations");
        console.MapPatch("/members/{id:guid}", SetRoleAsync).WithName("ChangeMember").WithSummary("Change what a member may do")
            .Needs(MemberRole.Owner).Validated();
        console.MapDelete("/members/{id:guid}", RemoveAsync).WithName("RemoveMember").WithSummary("Remove a member, whose account ends")
            .Needs(MemberRole.Owner);
        var invitations = console.MapGroup("/invitations");
        invitations.MapPost("", InviteAsync).WithName("Invite").WithSummary("Invite somebody by mail, for seven days")
            .Needs(MemberRole.Owner).ProducesProblem(StatusCodes.Status429TooManyRequests).Validated();
        invitations.MapDelete("/{id:guid}", WithdrawAsync).WithName("WithdrawInvitation").WithSummary("Withdraw an invitation")
            .Needs(MemberRole.Owner);
        invitations.MapPost("/look", LookAsync).WithName("LookAtInvitation").WithSummary("What an invitation is to")
            .WithoutSignIn().ProducesProblem(StatusCodes.Status429TooManyRequests).Validated();
        invitations.MapPost("/accept", AcceptAsync).WithName("AcceptInvitation").WithSummary("Become a member, and sign in")
            .WithoutSignIn().ProducesProblem(StatusCodes.Status429TooManyRequests).Validated();
    }

    private static async Task<Ok<MemberList>> ListAsync(
        ConsoleCall call, CompanyMembers members, Invitations invitations, CancellationToken cancellationToken) =>
        TypedResults.Ok(new MemberList(
            await members.ListAsync(call.CompanyId, call.Member.MemberId, cancellationToken),
            await invitations.ListAsync(call.CompanyId, cancellationToken)));

    private static async Task<Results<Ok<MemberInfo>, Problem<Status404>, Problem<Status409>>> SetRoleAsync(
        Guid id, RoleBody body, ConsoleCall call, CompanyMembers members, CancellationToken cancellationToken)
    {
        switch (await members.SetRoleAsync(call.CompanyId, call.Actor, id, body.Role!.Value, cancellationToken))
        {
            case MemberOutcome.LastOwner:
                return ConsoleProblems.LastOwnerStays();
            case MemberOutcome.Done:
                var all = await members.ListAsync(call.CompanyId, call.Member.MemberId, cancellationToken);
                return all.FirstOrDefault(member => member.MemberId == id) is { } changed
                    ? TypedResults.Ok(changed)
                    : ConsoleProblems.NoSuchMember();
            default:
                return ConsoleProblems.NoSuchMember();
        }
    }

    private static async Task<Results<NoContent, Problem<Status404>, Problem<Status409>>> RemoveAsync(
        Guid id, ConsoleCall call, CompanyMembers members, CancellationToken cancellationToken) =>
        await members.RemoveAsync(call.CompanyId, call.Actor, id, cancellationToken) switch
        {
            MemberOutcome.Done => TypedResults.NoContent(),
            MemberOutcome.LastOwner => ConsoleProblems.LastOwnerStays(),
            _ => ConsoleProblems.NoSuchMember(),
        };

    private static async Task<Results<Created<InvitationInfo>, Problem<Status409>, Problem<Status422>, Refusal>> InviteAsync(
        InvitationBody body, HttpContext http, ConsoleCall call, AccountCheck check, Invitations invitations, CancellationToken cancellationToken)
    {
        if (EmailAddress.Read(body.Email) is not { } email)
        {
            return AccountProblems.Invalid("email", "is no e-mail address.");
        }

        if (await check.TakeMailAsync(email, ClientAddress.Of(http)) is var taken && taken is not Reply<int>.Answered(0))
        {
            return AccountCalls.RefusalOf(http, taken);
        }

        return await invitations.SendAsync(call.Member, email, body.Role!.Value, cancellationToken) switch
        {
            InvitationOutcome.Sent(var invitation) => TypedResults.Created((string?)null, InvitationInfo.Of(invitation)),
            InvitationOutcome.IsMember => ConsoleProblems.IsMember(),
            _ => ConsoleProblems.ManyPeople(Invitations.MostPeople),
        };
    }

    private static async Task<Results<NoContent, Problem<Status404>>> WithdrawAsync(
        Guid id, ConsoleCall call, Invitations invitations, CancellationToken cancellationToken) =>
        await invitations.WithdrawAsync(call.CompanyId, call.Actor, id, cancellationToken)
            ? TypedResults.NoContent()
            : ConsoleProblems.NoSuchInvitation();

    private static async Task<Results<Ok<InvitationLook>, Problem<Status400>, Refusal>> LookAsync(
        InvitationToken body, HttpContext http, AccountCheck check, Invitations invitations, CancellationToken cancellationToken)
    {
        if (await check.TakeLinkAsync(ClientAddress.Of(http)) is var taken && taken is not Reply<int>.Answered(0))
        {
            return AccountCalls.RefusalOf(http, taken);
        }

        return await invitations.FindAsync(body.Token!, cancellationToken) is { } found
            ? TypedResults.Ok(new InvitationLook(found.Email, found.Company!.Name, found.Role))
            : AccountProblems.BadLink();
    }

    private static async Task<Results<Ok<ConsoleMe>, Problem<Status400>, Problem<Status409>, Problem<Status422>, Refusal>> AcceptAsync(
        AcceptBody body, HttpContext http, AccountCheck check, PasswordHasher passwords, Invitations invitations, IOptions<QuotaOptions> quota,
        CancellationToken cancellationToken)
    {
        if (PasswordRules.ProblemOf(body.Password!) is { } weak)
        {
            return AccountProblems.Invalid("password", weak);
        }

        // A wrong token costs a hash too: so many an hour.
        if (await check.TakeLinkAsync(ClientAddress.Of(http)) is var taken && taken is not Reply<int>.Answered(0))
        {
            return AccountCalls.RefusalOf(http, taken);
        }

        if (await passwords.HashAsync(body.Password!, cancellationToken) is not { } hash)
        {
            return (Refusal)AccountProblems.TooBusy();
        }

        return await invitations.AcceptAsync(http, body.Token!, hash, body.Language, cancellationToken) switch
        {
            InvitationOutcome.Accepted(var member) => TypedResults.Ok(ConsoleMe.Of(member, quota.Value)),
            InvitationOutcome.HasAccount => ConsoleProblems.AccountExists(),
            _ => AccountProblems.BadLink(),
        };
    }
}
