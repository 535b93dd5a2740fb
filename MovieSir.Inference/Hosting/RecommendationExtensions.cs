using Microsoft.Extensions.ObjectPool;
using MovieSir.Inference.Catalog;
using MovieSir.Inference.Engine.Ranking;
using MovieSir.Inference.Engine.TimeFit;
using MovieSir.Inference.Models;
using MovieSir.Inference.Serving;
using MovieSir.Inference.Serving.Recommend;
using MovieSir.Inference.Serving.Search;
using MovieSir.Inference.Serving.Similar;

namespace MovieSir.Inference.Hosting;

internal static class RecommendationExtensions
{
    /// <summary>What answers are computed with, over the catalog of <see cref="CatalogExtensions.AddCatalog"/>.</summary>
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
        services.AddSingleton<ContentRules>();
        services.AddSingleton<MovieFilters>();
        return services;
    }
}
