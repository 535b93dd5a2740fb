using Microsoft.Extensions.ObjectPool;
using MovieSir.Inference.Catalog;
using MovieSir.Inference.Engine.Ranking;
using MovieSir.Inference.Engine.TimeFit;
using MovieSir.Inference.Serving;
using MovieSir.Inference.Serving.Recommend;
using MovieSir.Inference.Serving.Search;
using MovieSir.Inference.Serving.Similar;

namespace MovieSir.Inference.Hosting;

internal static class ServingExtensions
{
    /// <summary>What answers are computed with, over the catalog of <see cref="CatalogExtensions.AddCatalog"/>.</summary>
    public static IServiceCollection AddServing(this IServiceCollection services)
    {
        services.AddOptions<TimeFitOptions>().BindConfiguration(TimeFitOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(ObjectPool.Create<ScoringScratch>());
        services.AddSingleton(ObjectPool.Create<RecommendScratch>());
        services.AddSingleton(ObjectPool.Create<SearchScratch>());
        services.AddSingleton(ObjectPool.Create<SimilarScratch>());
        services.AddSingleton<FirstCalls>();
        services.AddHostedService(provider => provider.GetRequiredService<FirstCalls>());
        services.AddHealthChecks().AddCheck<FirstCalls>("first_calls");
        services.AddSingleton<Recommender>();
        services.AddSingleton<Ranker>();
        services.AddSingleton<MovieSearch>();
        services.AddSingleton<KoreanGlosses>();
        services.AddSingleton<SimilarMovies>();
        services.AddSingleton<ContentRules>();
        services.AddSingleton<MovieFilters>();
        return services;
    }
}
