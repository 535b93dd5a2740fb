using Microsoft.Extensions.Options;
using MovieSir.Api.Accounting;
using MovieSir.Api.Inference;
using MovieSir.Api.Keys;
using MovieSir.Api.Partner.ContentRules;
using MovieSir.Api.Partner.Feedback;
using MovieSir.Api.Partner.Health;
using MovieSir.Api.Partner.Movies;
using MovieSir.Api.Partner.Recommend;
using MovieSir.Api.Partner.Search;
using MovieSir.Api.Partner.Usage;
using MovieSir.Api.Quota;
using MovieSir.Data;

namespace MovieSir.Api.Partner;

/// <summary>The partner API: every call under <c>/v1</c>.</summary>
internal static class PartnerApiExtensions
{
    public static void AddPartnerApi(this WebApplicationBuilder builder)
    {
        builder.Services.AddMovieSirData();
        builder.Services.AddValidation();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<ApiMetrics>();
        builder.Services.AddSingleton<PartnerRoutes>();
        builder.AddInferenceClient();

        builder.Services.AddOptions<ApiKeyOptions>().BindConfiguration("Keys").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<ApiKeyStore>();
        builder.Services.AddSingleton<ApiKeyAuthenticator>();
        builder.Services.AddSingleton<InvalidKeyLimit>();
        builder.Services.AddHostedService<ApiKeyWarmUp>();

        builder.Services.AddOptions<QuotaOptions>().BindConfiguration("Quota").ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<QuotaOptions>, QuotaOptionsValidator>();
        builder.Services.AddSingleton<QuotaLedger>();

        builder.Services.AddOptions<AccountingOptions>().BindConfiguration("Accounting").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<UsageWriter>();
        builder.Services.AddSingleton<UsageStream>();
        builder.Services.AddSingleton<UsageRecorder>();
        builder.Services.AddSingleton<RecommendationMemory>();
        builder.Services.AddSingleton<DirectUsageQueue>();
        builder.Services.AddHostedService(services => services.GetRequiredService<DirectUsageQueue>());
        builder.Services.AddHostedService<UsageDrain>();

        builder.Services.AddSingleton<ContentRuleFilter>();
        builder.Services.AddOptions<AvailabilityOptions>().BindConfiguration("Catalog").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<PartnerCatalog>();
    }

    public static void MapPartnerApi(this WebApplication app)
    {
        var partner = app.MapGroup(PartnerDefaults.Prefix).WithPartnerDefaults();
        partner.MapRecommend();
        partner.MapSearch();
        partner.MapMovies();
        partner.MapFeedback();
        partner.MapUsage();
        app.MapGroup(PartnerDefaults.Prefix).WithTags("Partner API").Keyless().MapPartnerHealth();
    }
}
