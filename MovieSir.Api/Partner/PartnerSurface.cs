using MovieSir.Api.Partner.Calls;
using MovieSir.Api.Partner.Documentation;
using MovieSir.Api.Partner.Feedback;
using MovieSir.Api.Partner.Health;
using MovieSir.Api.Partner.Movies;
using MovieSir.Api.Partner.Recommend;
using MovieSir.Api.Partner.Search;
using MovieSir.Api.Partner.Usage;
using MovieSir.Data.B2b;

namespace MovieSir.Api.Partner;

/// <summary>The surface for partners: every call under <c>/v1</c>, and its documentation.</summary>
internal static class PartnerSurface
{
    public static void AddPartner(this WebApplicationBuilder builder)
    {
        builder.Services.AddValidation();
        builder.Services.AddSingleton<PartnerRoutes>();
        builder.Services.AddSingleton<UsageRecorder>();
        builder.AddPartnerDocumentation();
    }

    /// <summary>Puts the whole prefix behind authentication, quota and accounting.</summary>
    public static void UsePartner(this WebApplication app) => app.UseWhen(
        context => context.Request.Path.StartsWithSegments(PartnerConventions.Prefix), branch => branch.UseMiddleware<PartnerMiddleware>());

    public static void MapPartner(this WebApplication app)
    {
        var partner = app.MapGroup(PartnerConventions.Prefix).WithPartnerDefaults();
        partner.Scoped(ApiKeyScope.Recommend).MapRecommend();
        partner.Scoped(ApiKeyScope.Search).MapSearch();
        partner.Scoped(ApiKeyScope.Movies).MapMovies();
        partner.Scoped(ApiKeyScope.Feedback).MapFeedback();
        partner.Scoped(ApiKeyScope.Usage).MapUsage();
        app.MapGroup(PartnerConventions.Prefix).WithTags(PartnerConventions.Tag).Keyless().MapHealth();
        app.MapPartnerDocumentation();
    }

    /// <summary>States what <see cref="UsePartner"/> does to every keyed call: the answers that any of them may give.</summary>
    private static RouteGroupBuilder WithPartnerDefaults(this RouteGroupBuilder group)
    {
        group.WithTags(PartnerConventions.Tag)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status429TooManyRequests)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        return group;
    }
}
