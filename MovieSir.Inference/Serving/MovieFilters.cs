using MovieSir.Inference.Catalog;
using MovieSir.Inference.Engine.Ranking;
using MovieSir.Inference.Numerics;
using MovieSir.ServiceDefaults.Http;
using MovieSir.ServiceDefaults.InferenceContract;

namespace MovieSir.Inference.Serving;

/// <summary>Resolves what a request filters by against one snapshot: names of genres and streaming services, and content rules.</summary>
internal sealed class MovieFilters(ContentRules rules)
{
    /// <param name="snapshot">The movies.</param>
    /// <param name="request">The request.</param>
    /// <param name="filter">What it filters by.</param>
    /// <param name="allowAdult">Where the request leaves it open.</param>
    /// <returns>The problem to answer with; null where every name is known.</returns>
    public Problem<Status422>? Resolve(CatalogSnapshot snapshot, MovieFilter request, out CandidateFilter filter, bool allowAdult = false) =>
        Resolve(snapshot, request.PreferredGenres, request.PreferredOtts, request.AllowAdult ?? allowAdult, request.ContentRules, out filter);

    /// <inheritdoc cref="Resolve(CatalogSnapshot, MovieFilter, out CandidateFilter, bool)"/>
    public Problem<Status422>? Resolve(CatalogSnapshot snapshot, SearchRequest request, out CandidateFilter filter) =>
        Resolve(snapshot, request.PreferredGenres, request.PreferredOtts, request.AllowAdult, request.ContentRules, out filter);

    /// <summary>Movies like one for adults may be for adults.</summary>
    /// <param name="snapshot">The movies.</param>
    /// <param name="row">The movie that the others shall be like.</param>
    /// <param name="request">The request.</param>
    public CandidateFilter Resolve(CatalogSnapshot snapshot, Row row, SimilarRequest request) =>
        new(0, null, RowSet.Contains(snapshot.Adult, row.Index)) { Forbidden = rules.Resolve(snapshot, request.ContentRules) };

    private Problem<Status422>? Resolve(
        CatalogSnapshot snapshot, string[]? genres, string[]? providers, bool allowAdult, ContentRuleSet? contentRules, out CandidateFilter filter)
    {
        var problem = MovieFilterQuery.Resolve(snapshot, genres, providers, allowAdult, out filter);
        if (problem is null)
        {
            filter = filter with { Forbidden = rules.Resolve(snapshot, contentRules) };
        }

        return problem;
    }
}
