using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using MovieSir.Api.Companies;
using MovieSir.Api.Companies.Audit;
using MovieSir.Api.Companies.Quota;
using MovieSir.Api.Console.Audit;
using MovieSir.Api.Console.Calls;
using MovieSir.Api.Http;
using MovieSir.ServiceDefaults.Http;

namespace MovieSir.Api.Console.Admin;

internal static class AdminEndpoints
{
    private const int MostRows = 100;
    private const int MostOffset = 1_000_000;
    private const int MostEntries = 200;
    private const int Acts = 50;

    public static void MapAdmin(this IEndpointRouteBuilder console)
    {
        var admin = console.MapGroup("/admin").ForAdministrators();
        admin.MapGet("/companies", CompaniesAsync).WithName("AdminCompanies").WithSummary("Companies, the newest first").Validated(hasBody: false);
        admin.MapPatch("/companies/{id:guid}", ChangeCompanyAsync).WithName("AdminChangeCompany")
            .WithSummary("Change a company's plan, or switch it off or on")
            .WithDescription("A company that is switched off: its keys stop within five seconds on every replica.").Validated();
        admin.MapGet("/b2c-users", TravellersAsync).WithName("AdminTravellers").WithSummary("Travellers with an account, the newest first")
            .Validated(hasBody: false);
        admin.MapGet("/b2c-users/{id:guid}", TravellerAsync).WithName("AdminTraveller").WithSummary("One traveller");
        admin.MapPost("/b2c-users/{id:guid}/deactivate", SuspendAsync).WithName("AdminDeactivateTraveller")
            .WithSummary("Switch a traveller's account off; its sign-ins end");
        admin.MapPost("/b2c-users/{id:guid}/activate", ResumeAsync).WithName("AdminActivateTraveller").WithSummary("Switch it on again");
        admin.MapPost("/b2c-users/{id:guid}/restore", RestoreAsync).WithName("AdminRestoreTraveller")
            .WithSummary("Take its owner's deletion back");
        admin.MapGet("/b2c-stats", StatsAsync).WithName("AdminTravellerStats").WithSummary("How many travellers there are, and what they ask for");
        admin.MapGet("/b2c-live", ActsAsync).WithName("AdminTravellerActs").WithSummary("What travellers did last");
        admin.MapGet("/sessions/{id:guid}/movies", SessionAsync).WithName("AdminSessionMovies").WithSummary("The movies of a recommendation");
        admin.MapGet("/models", ModelsAsync).WithName("AdminModels").WithSummary("Model versions, the newest first");
        admin.MapGet("/imports", ImportsAsync).WithName("AdminImports").WithSummary("Imports, the newest first");
        admin.MapGet("/audit", AuditAsync).WithName("AdminAuditLog").WithSummary("What administrators did, the newest first")
            .Validated(hasBody: false);
    }

    private static async Task<Ok<CompanyPage>> CompaniesAsync(
        AdminStore store, TimeProvider clock, CancellationToken cancellationToken, [StringLength(100)] string? search = null,
        [Range(1, MostRows)] int limit = 20, [Range(0, MostOffset)] int offset = 0) =>
        TypedResults.Ok(await store.CompaniesAsync(search, SeoulDay.Of(clock.GetUtcNow()), limit, offset, cancellationToken));

    private static async Task<Results<Ok<CompanyRow>, Problem<Status404>, Problem<Status409>>> ChangeCompanyAsync(
        Guid id, CompanyChange change, ConsoleCall call, AdminActs acts, AdminStore store, TimeProvider clock, CancellationToken cancellationToken)
    {
        var today = SeoulDay.Of(clock.GetUtcNow());
        if (await store.CompanyAsync(id, today, cancellationToken) is not { } company)
        {
            return ConsoleProblems.NoSuchCompany();
        }

        if (change.IsActive is false && ServiceCompany.IsNamed(company.Name))
        {
            return ConsoleProblems.OfTheService();
        }

        return await acts.ChangeCompanyAsync(id, call.Administrator, change, cancellationToken)
            && await store.CompanyAsync(id, today, cancellationToken) is { } changed
                ? TypedResults.Ok(changed)
                : ConsoleProblems.NoSuchCompany();
    }

    private static async Task<Ok<TravellerPage>> TravellersAsync(
        TravellerAdminStore store, CancellationToken cancellationToken, [StringLength(100)] string? search = null,
        [Range(1, MostRows)] int limit = 20, [Range(0, MostOffset)] int offset = 0) =>
        TypedResults.Ok(await store.PageAsync(search, limit, offset, cancellationToken));

    private static async Task<Results<Ok<TravellerDetail>, Problem<Status404>>> TravellerAsync(
        Guid id, TravellerAdminStore store, CancellationToken cancellationToken) =>
        await store.FindAsync(id, cancellationToken) is { } traveller ? TypedResults.Ok(traveller) : ConsoleProblems.NoSuchTraveller();

    private static Task<Results<NoContent, Problem<Status404>>> SuspendAsync(
        Guid id, ConsoleCall call, TravellerAdminStore store, AdminActs acts, CancellationToken cancellationToken) =>
        ActAsync(id, acts.SuspendAsync, call, store, cancellationToken);

    private static Task<Results<NoContent, Problem<Status404>>> ResumeAsync(
        Guid id, ConsoleCall call, TravellerAdminStore store, AdminActs acts, CancellationToken cancellationToken) =>
        ActAsync(id, acts.ResumeAsync, call, store, cancellationToken);

    private static Task<Results<NoContent, Problem<Status404>>> RestoreAsync(
        Guid id, ConsoleCall call, TravellerAdminStore store, AdminActs acts, CancellationToken cancellationToken) =>
        ActAsync(id, acts.RestoreAsync, call, store, cancellationToken);

    private static async Task<Results<NoContent, Problem<Status404>>> ActAsync(
        Guid travellerId, Func<Guid, Actor, CancellationToken, Task<bool>> act, ConsoleCall call, TravellerAdminStore store,
        CancellationToken cancellationToken) =>
        await store.AccountOfAsync(travellerId, cancellationToken) is { } accountId && await act(accountId, call.Administrator, cancellationToken)
            ? TypedResults.NoContent()
            : ConsoleProblems.NoSuchTraveller();

    private static async Task<Ok<TravellerStats>> StatsAsync(
        TravellerAdminStore store, TimeProvider clock, CancellationToken cancellationToken) =>
        TypedResults.Ok(await store.StatsAsync(SeoulDay.EndOf(SeoulDay.Of(clock.GetUtcNow()).AddDays(-1)), cancellationToken));

    private static async Task<Ok<TravellerActs>> ActsAsync(TravellerAdminStore store, CancellationToken cancellationToken) =>
        TypedResults.Ok(new TravellerActs(await store.ActsAsync(Acts, cancellationToken)));

    private static async Task<Results<Ok<SessionMovies>, Problem<Status404>>> SessionAsync(
        Guid id, TravellerAdminStore store, CancellationToken cancellationToken) =>
        await store.MoviesOfSessionAsync(id, cancellationToken) is { } movies
            ? TypedResults.Ok(new SessionMovies(movies))
            : ConsoleProblems.NoSuchSession();

    private static async Task<Ok<ModelList>> ModelsAsync(AdminStore store, CancellationToken cancellationToken) =>
        TypedResults.Ok(new ModelList(await store.ModelsAsync(cancellationToken)));

    private static async Task<Ok<ImportList>> ImportsAsync(AdminStore store, CancellationToken cancellationToken) =>
        TypedResults.Ok(new ImportList(await store.ImportsAsync(cancellationToken)));

    private static async Task<Ok<AuditPage>> AuditAsync(
        AuditStore store, CancellationToken cancellationToken, Guid? cursor = null, [Range(1, MostEntries)] int limit = 50) =>
        TypedResults.Ok(AuditPage.Of(await store.OfAdministratorsAsync(cursor, limit + 1, cancellationToken), limit));
}
