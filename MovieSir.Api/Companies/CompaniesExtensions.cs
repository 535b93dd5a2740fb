using Microsoft.Extensions.Options;
using MovieSir.Api.Companies.Accounting;
using MovieSir.Api.Companies.Audit;
using MovieSir.Api.Companies.Keys;
using MovieSir.Api.Companies.Quota;

namespace MovieSir.Api.Companies;

/// <summary>What is known of companies: keys, quotas, usage and content rules. Surfaces use it; it knows none of them.</summary>
internal static class CompaniesExtensions
{
    public static void AddCompanies(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<ApiKeyOptions>().BindConfiguration(ApiKeyOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<KeyMetrics>();
        builder.Services.AddSingleton<ApiKeyStore>();
        builder.Services.AddSingleton<ApiKeyAuthenticator>();
        builder.Services.AddSingleton<InvalidKeyLimit>();
        builder.Services.AddHostedService<ApiKeyWarmUp>();
        builder.Services.AddSingleton<AuditTrail>();
        builder.Services.AddSingleton<CompanyKeyStore>();
        builder.Services.AddSingleton<CompanyKeys>();

        builder.Services.AddOptions<QuotaOptions>().BindConfiguration(QuotaOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<QuotaOptions>, QuotaOptionsValidator>();
        builder.Services.AddSingleton<QuotaLedger>();

        builder.Services.AddOptions<AccountingOptions>().BindConfiguration(AccountingOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<UsageMetrics>();
        builder.Services.AddSingleton<UsageStore>();
        builder.Services.AddSingleton<UsageStream>();
        builder.Services.AddSingleton<RecommendationMemory>();
        builder.Services.AddSingleton<DirectUsageQueue>();
        builder.Services.AddHostedService(services => services.GetRequiredService<DirectUsageQueue>());
        builder.Services.AddHostedService<UsageDrain>();
    }
}
