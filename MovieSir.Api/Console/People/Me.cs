using MovieSir.Api.Companies.Quota;
using MovieSir.Data.Accounts;
using MovieSir.Data.B2b;

namespace MovieSir.Api.Console.People;

/// <summary>Who is signed in.</summary>
internal sealed record MemberAnswer(Guid MemberId, string Email, MemberRole Role, Language Language, bool IsAdministrator);

/// <summary>The company of who is signed in.</summary>
/// <param name="CompanyId">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Plan">What it has bought.</param>
/// <param name="CreatedAt">Since when it is there.</param>
/// <param name="CallsPerDay">Calls that all its keys together may make from midnight to midnight in Seoul.</param>
/// <param name="CallsPerSecond">Calls that all its keys together may make in one second.</param>
internal sealed record CompanyAnswer(Guid CompanyId, string Name, Plan Plan, DateTimeOffset CreatedAt, int CallsPerDay, int CallsPerSecond);

/// <summary>Who calls, and for which company.</summary>
internal sealed record ConsoleMe(MemberAnswer Member, CompanyAnswer Company)
{
    /// <param name="member">With account and company.</param>
    /// <param name="quota">What plans allow.</param>
    public static ConsoleMe Of(Member member, QuotaOptions quota)
    {
        var company = member.Company!;
        var limits = quota.LimitsOf(company.Plan, company.DailyLimit, company.BurstLimit);
        return new ConsoleMe(
            new MemberAnswer(member.MemberId, member.Account!.Email, member.Role, member.Account.Language, member.IsAdministrator),
            new CompanyAnswer(company.CompanyId, company.Name, company.Plan, company.CreatedAt, limits.PerDay, limits.PerSecond));
    }
}
