using MovieSir.Api.Accounts.Attempts;

namespace MovieSir.Api.Accounts;

/// <summary>Accounts of people: surfaces use it; it knows none of them.</summary>
internal static class AccountsExtensions
{
    public static void AddAccounts(this WebApplicationBuilder builder) => builder.Services.AddSingleton<AttemptLimits>();
}
