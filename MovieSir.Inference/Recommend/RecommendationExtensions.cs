using Microsoft.Extensions.ObjectPool;
using MovieSir.Inference.Rank;
using MovieSir.Inference.Ranking;
using MovieSir.Inference.Search;
using MovieSir.Inference.Similar;
using MovieSir.Inference.TimeFit;

namespace MovieSir.Inference.Recommend;

internal static class RecommendationExtensions
{
    /// <summary>What answers are computed with, over the catalog of <see cref="Catalog.CatalogExtensions.AddCatalog"/>.</summary>
    public static IServiceCollection AddRecommendation(this IServiceCollection services)
    {
        services.AddOptions<ScoringOptions>().BindConfiguration(ScoringOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<TimeFitOptions>().BindConfiguration(TimeFitOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(ObjectPool.Create<ScoringScratch>());
        services.AddSingleton<Scorer>();
        services.AddSingleton<Recommender>();
        services.AddSingleton<Ranker>();
        services.AddSingleton<MovieSearch>();
        services.AddSingleton<SimilarMovies>();
        return services;
    }
}
