using MovieSir.Inference.Catalog;
using MovieSir.ServiceDefaults.InferenceContract;

namespace MovieSir.Inference.Serving.Rules;

internal static class RulesEndpoints
{
    private const int Examples = 12;

    public static IEndpointRouteBuilder MapRules(this IEndpointRouteBuilder app)
    {
        app.MapPost("/rules/preview", Preview).RequireCatalog().WithSummary("How many movies content rules forbid.");
        return app;
    }

    private static RulesPreviewResponse Preview(
        RulesPreviewRequest request, ServedCatalog catalog, ContentRules rules, CancellationToken cancellationToken)
    {
        var snapshot = catalog.Snapshot;
        var preview = rules.Preview(snapshot, request.Saved, request.Rules, Examples, cancellationToken);
        return new RulesPreviewResponse
        {
            Movies = snapshot.Count,
            Removed = preview.Removed,
            RemovedBy = preview.RemovedBy,
            Examples = Array.ConvertAll(preview.Examples, row => MovieAnswers.Of(snapshot, row, 0)),
        };
    }
}
