using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection.Extensions;
using MovieSir.Api.Accounts.Attempts;
using MovieSir.Api.Accounts.External;
using MovieSir.Api.Accounts.Passwords;
using MovieSir.Api.Accounts.Devices;
using MovieSir.Data;

namespace MovieSir.Api.Accounts;

/// <summary>Accounts of people: surfaces use it; it knows none of them.</summary>
internal static class AccountsExtensions
{
    public static void AddAccounts(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<AccountOptions>().BindConfiguration(AccountOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<PasswordOptions>().BindConfiguration(PasswordOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<SignInOptions>().BindConfiguration(SignInOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        // Every replica opens what another has sealed. Who reads the keys in the database reads the accounts too.
        services.AddDataProtection().SetApplicationName("MovieSir").PersistKeysToDbContext<MovieSirDbContext>();
        services.TryAddScoped(provider => provider.GetRequiredService<IDbContextFactory<MovieSirDbContext>>().CreateDbContext()); // for the keys
        services.AddOptions<OAuthOptions>().BindConfiguration(OAuthOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddExternalSchemes(builder.Configuration.GetSection(OAuthOptions.Section).Get<OAuthOptions>() ?? new OAuthOptions());
        services.AddSingleton<ExternalStarts>();
        services.AddSingleton<ExternalIdentities>();
        services.AddSingleton<AttemptLimits>();
        services.AddSingleton<PasswordHasher>();
        services.AddSingleton<SignIns>();
        services.AddSingleton<SignUps>();
        services.AddSingleton<Links>();
        services.AddSingleton<AccountCheck>();
        services.AddSingleton<AccountCalls>();
        services.AddSingleton<AccountChanges>();
        services.AddSingleton<EndedStore>();
    }
}
