using MovieSir.Api.Accounts.External;
using MovieSir.Api.Console.Admin;
using MovieSir.Api.Console.ApiKeys;
using MovieSir.Api.Console.Audit;
using MovieSir.Api.Console.Auth;
using MovieSir.Api.Console.Calls;
using MovieSir.Api.Console.ContentRules;
using MovieSir.Api.Console.Dashboard;
using MovieSir.Api.Console.Documentation;
using MovieSir.Api.Console.LiveFeed;
using MovieSir.Api.Console.Logs;
using MovieSir.Api.Console.Members;
using MovieSir.Api.Console.People;
using MovieSir.Api.Console.Quality;
using MovieSir.Api.Console.Settings;
using MovieSir.Api.Console.Usage;
using MovieSir.Api.Http;

namespace MovieSir.Api.Console;

/// <summary>The surface for companies: what the console calls under <c>/b2b</c>.</summary>
internal static class ConsoleSurface
{
    public static void AddConsole(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<ConsoleOptions>().BindConfiguration(ConsoleOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<ConsoleMembers>();
        services.AddSingleton<ExternalSignIn>();
        services.AddSingleton<IExternalSignInReceiver>(provider => provider.GetRequiredService<ExternalSignIn>());
        services.AddSingleton<MemberIdentities>();
        services.AddSingleton<MemberAccounts>();
        services.AddSingleton<UsageReportStore>();
        services.AddSingleton<QualityStore>();
        services.AddSingleton<LogStore>();
        services.AddSingleton<FeedPlaces>();
        services.AddSingleton<RuleStore>();
        services.AddSingleton<RuleReader>();
        services.AddSingleton<CompanyRuleSet>();
        services.AddSingleton<CompanyMembers>();
        services.AddSingleton<Invitations>();
        services.AddSingleton<AuditStore>();
        services.AddSingleton<AdminStore>();
        services.AddSingleton<TravellerAdminStore>();
        services.AddSingleton<AdminActs>();
        services.AddConsoleDocument();
    }

    /// <summary>What every call goes through.</summary>
    public static void UseConsole(this WebApplication app)
    {
        app.UseExternalCallbacks();
        app.UseWhen(
            context => context.GetEndpoint()?.Metadata.GetMetadata<ConsoleMetadata>() is not null,
            branch => branch.UseMiddleware<ConsoleMiddleware>());
    }

    public static void MapConsole(this WebApplication app)
    {
        var console = app.MapGroup(ConsoleConventions.Prefix).WithConsoleDefaults();
        console.MapAuth();
        console.MapExternal();
        console.MapSettings();
        console.MapApiKeys();
        console.MapDashboard();
        console.MapUsage();
        console.MapQuality();
        console.MapLogs();
        console.MapLiveFeed();
        console.MapContentRules();
        console.MapMembers();
        console.MapAudit();
        console.MapAdmin();
        app.MapPageDocument(ConsoleDocument.Name);
    }

    /// <summary>States what <see cref="UseConsole"/> does to every call: the answers that any of them may give.</summary>
    private static RouteGroupBuilder WithConsoleDefaults(this RouteGroupBuilder group)
    {
        group.WithMetadata(new ConsoleMetadata())
            .WithTags("Console")
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        return group;
    }
}
