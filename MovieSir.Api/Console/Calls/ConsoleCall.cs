using MovieSir.Api.Companies.Audit;
using MovieSir.Data.B2b;

namespace MovieSir.Api.Console.Calls;

/// <summary>Who makes a call that needs a sign-in. Handlers take it as a parameter.</summary>
/// <param name="member">With company and account.</param>
/// <param name="signInId">The sign-in that proves it.</param>
internal sealed class ConsoleCall(Member member, Guid signInId)
{
    public Member Member { get; } = member;

    public Guid SignInId { get; } = signInId;

    public Guid CompanyId => Member.CompanyId;

    public Guid AccountId => Member.AccountId;

    /// <summary>Who did it, for the audit log.</summary>
    public Actor Actor => new(Member.Account!.Email);

    /// <summary>Who did it as an administrator.</summary>
    public Actor Administrator => new(Member.Account!.Email, AsAdministrator: true);

    public static ValueTask<ConsoleCall?> BindAsync(HttpContext context) => ValueTask.FromResult(context.Features.Get<ConsoleCall>());
}
