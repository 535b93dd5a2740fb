using Microsoft.AspNetCore.Http.HttpResults;
using MovieSir.Api.Companies.ContentRules;
using MovieSir.Api.Console.Calls;
using MovieSir.Api.Dependencies;
using MovieSir.Api.Engine;
using MovieSir.Api.Http;
using MovieSir.Data.B2b;
using MovieSir.ServiceDefaults.Http;
using MovieSir.ServiceDefaults.InferenceContract;

namespace MovieSir.Api.Console.ContentRules;

internal static class ContentRuleEndpoints
{
    public static void MapContentRules(this IEndpointRouteBuilder console)
    {
        var rules = console.MapGroup("/content-rules");
        rules.MapGet("", ListAsync).WithName("ContentRules").WithSummary("What the company does not want recommended");
        rules.MapPost("", AddAsync).WithName("AddContentRules").WithSummary("Add rules; those that are there already stay")
            .WithDescription("The partner API obeys them within five seconds.").Needs(MemberRole.Developer).Validated();
        rules.MapDelete("/{id:guid}", DeleteAsync).WithName("DeleteContentRule").WithSummary("Delete a rule").Needs(MemberRole.Developer);
        rules.MapPost("/preview", PreviewAsync).WithName("PreviewContentRules").WithSummary("What rules would forbid, beside those that are saved")
            .ProducesProblem(StatusCodes.Status504GatewayTimeout).Validated();
    }

    private static async Task<Ok<RuleList>> ListAsync(ConsoleCall call, RuleStore store, CancellationToken cancellationToken) =>
        TypedResults.Ok(new RuleList(await ReadAsync(call, store, cancellationToken), RulePresets.All));

    private static async Task<Results<Created<SavedRules>, Problem<Status409>, Problem<Status422>>> AddAsync(
        RulesBody body, ConsoleCall call, RuleReader reader, CompanyRuleSet rules, RuleStore store, CancellationToken cancellationToken) =>
        await reader.ReadAsync(body, cancellationToken) switch
        {
            ReadRules.Wrong(var problem) => problem,
            ReadRules.Read(var read) when await rules.AddAsync(call.CompanyId, call.Actor, read, cancellationToken) =>
                TypedResults.Created((string?)null, new SavedRules(await ReadAsync(call, store, cancellationToken))),
            _ => ConsoleProblems.ManyRules(CompanyRuleSet.Most),
        };

    private static async Task<Results<NoContent, Problem<Status404>>> DeleteAsync(
        Guid id, ConsoleCall call, CompanyRuleSet rules, CancellationToken cancellationToken) =>
        await rules.DeleteAsync(call.CompanyId, call.Actor, id, cancellationToken) ? TypedResults.NoContent() : ConsoleProblems.NoSuchRule();

    private static async Task<Results<Ok<RulePreview>, Problem<Status422>, Problem<Status503>, Problem<Status504>>> PreviewAsync(
        RulesBody body, ConsoleCall call, RuleReader reader, RuleStore store, EngineClient engine, CancellationToken cancellationToken)
    {
        var read = await reader.ReadAsync(body, cancellationToken);
        if (read is ReadRules.Wrong(var problem))
        {
            return problem;
        }

        var rules = ((ReadRules.Read)read).Rules;
        var saved = await ReadAsync(call, store, cancellationToken);
        var request = new RulesPreviewRequest
        {
            Saved = CompanyRules.Of(saved.Select(rule => (rule.Kind, rule.Value))) ?? new ContentRuleSet(),
            Rules = [.. rules.Select(rule => CompanyRules.Of([(rule.Kind, rule.Value)])!)],
        };
        return await engine.PreviewRulesAsync(request, cancellationToken) switch
        {
            Reply<RulesPreviewResponse>.Answered(var preview) => TypedResults.Ok(Answer(rules, preview)),
            Reply<RulesPreviewResponse>.Away { IsLate: true } => ConsoleProblems.EngineLate(),
            _ => ConsoleProblems.EngineAway(),
        };
    }

    private static RulePreview Answer(IReadOnlyList<RuleText> rules, RulesPreviewResponse preview) => new(
        preview.Movies, preview.Removed, [.. rules.Zip(preview.RemovedBy, (rule, removed) => new PreviewedRule(rule.Kind, rule.Value, removed))],
        [
            .. preview.Examples.Select(movie => new RemovedMovie(
                movie.MovieId, movie.Title, movie.Runtime, movie.ReleaseDate, movie.PosterPath)),
        ]);

    private static Task<IReadOnlyList<RuleAnswer>> ReadAsync(ConsoleCall call, RuleStore store, CancellationToken cancellationToken) =>
        store.ListAsync(call.CompanyId, call.Member.Account!.Language, cancellationToken);
}
