using MovieSir.Api.Http;
using MovieSir.Api.Traveller.Auth;
using MovieSir.Api.Traveller.Calls;
using MovieSir.Api.Traveller.Documentation;
using MovieSir.Api.Traveller.Movies;
using MovieSir.Api.Traveller.MyPage;
using MovieSir.Api.Traveller.Onboarding;
using MovieSir.Api.Traveller.PartnerApi;
using MovieSir.Api.Traveller.People;
using MovieSir.Api.Traveller.Recommendation;
using MovieSir.Api.Traveller.Registration;
using MovieSir.Api.Traveller.Users;

namespace MovieSir.Api.Traveller;

/// <summary>The surface for travellers: what the web app calls.</summary>
internal static class TravellerSurface
{
    public static void AddTraveller(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<TravellerOptions>().BindConfiguration(TravellerOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<Callers>();
        services.AddSingleton<GuestsOfBrowsers>();
        services.AddSingleton<TravellerAccounts>();
        services.AddSingleton<GuestStore>();
        services.AddSingleton<JoinStore>();
        services.AddSingleton<TravellerStore>();
        services.AddSingleton<TasteStore>();
        services.AddSingleton<ClickStore>();
        services.AddSingleton<MoodStore>();
        services.AddSingleton<ProfileStore>();
        services.AddSingleton<SessionStore>();
        services.AddSingleton<ThumbStore>();
        services.AddSingleton<GroupStore>();
        services.AddSingleton<ShareLinks>();
        services.AddSingleton<WatchedStore>();
        services.AddSingleton<StatisticsStore>();
        services.AddSingleton<ExportStore>();
        services.AddSingleton<HistoryStore>();
        services.AddSingleton<HistoryImport>();
        services.AddSingleton<Erasure>();
        services.AddHostedService(provider => provider.GetRequiredService<Erasure>());
        services.AddTransient<WishReader>();
        services.AddTransient<Recommender>();
        services.AddPartnerApi();
        services.AddTravellerDocument();
    }

    /// <summary>What every call goes through.</summary>
    public static void UseTraveller(this WebApplication app) => app.UseWhen(
        context => context.GetEndpoint()?.Metadata.GetMetadata<TravellerMetadata>() is not null,
        branch => branch.UseMiddleware<TravellerMiddleware>());

    public static void MapTraveller(this WebApplication app)
    {
        var travellers = app.MapGroup("").WithTravellerDefaults();
        travellers.MapRegistration();
        travellers.MapAuth();
        travellers.MapUsers();
        travellers.MapTravellerMovies();
        travellers.MapOnboarding();
        travellers.MapRecommendation();
        travellers.MapMyPage();
        travellers.MapSharePage();
        app.MapPageDocument(TravellerDocument.Name);
    }

    /// <summary>States what <see cref="UseTraveller"/> does to every call: the answers that any of them may give.</summary>
    private static RouteGroupBuilder WithTravellerDefaults(this RouteGroupBuilder group)
    {
        group.WithMetadata(new TravellerMetadata())
            .WithTags("Travellers")
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        return group;
    }
}
