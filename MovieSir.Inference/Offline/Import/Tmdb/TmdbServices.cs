using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Options;
using Polly;

namespace MovieSir.Inference.Offline.Import.Tmdb;

internal static class TmdbServices
{
    private const int MaxRetries = 5;
    private static readonly TimeSpan MaxRetryDelay = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(20);

    /// <summary>Adds <see cref="TmdbClient"/>: rate limited, tried again where that can help, and silent about its key.</summary>
    public static IServiceCollection AddTmdb(this IServiceCollection services, TmdbKey key)
    {
        services.AddOptions<TmdbOptions>().BindConfiguration(TmdbOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(key);
        services.AddSingleton<RateLimiter>(provider =>
        {
            var options = provider.GetRequiredService<IOptions<TmdbOptions>>().Value;
            // A token every 1/rate s and no burst: TMDB counts over a short window.
            return new TokenBucketRateLimiter(new TokenBucketRateLimiterOptions
            {
                TokenLimit = 1,
                TokensPerPeriod = 1,
                ReplenishmentPeriod = TimeSpan.FromSeconds(1.0 / options.RequestsPerSecond),
                QueueLimit = options.MaxParallelRequests,
                QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
            });
        });
        services.AddTransient<TmdbHandler>();

        var client = services.AddHttpClient<TmdbClient>((provider, http) =>
        {
            http.BaseAddress = new Uri(provider.GetRequiredService<IOptions<TmdbOptions>>().Value.BaseAddress);
            // The resilience handler's time limits hold.
            http.Timeout = Timeout.InfiniteTimeSpan;
        });
        client.ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false });
        client.RedactLoggedHeaders(["Authorization"]);
#pragma warning disable EXTEXP0001 // The only way to replace the default handler that the service defaults put on every client.
        client.RemoveAllResilienceHandlers();
#pragma warning restore EXTEXP0001
        client.AddStandardResilienceHandler().Configure((options, provider) =>
        {
            // Patient, unlike a service's: an import would rather wait for TMDB than leave a movie out.
            var tmdb = provider.GetRequiredService<IOptions<TmdbOptions>>().Value;
            options.TotalRequestTimeout.Timeout = TimeSpan.FromSeconds(tmdb.TotalTimeoutSeconds);
            options.AttemptTimeout.Timeout = AttemptTimeout;
            options.CircuitBreaker.SamplingDuration = 2 * AttemptTimeout;
            options.Retry.MaxRetryAttempts = MaxRetries;
            options.Retry.Delay = TimeSpan.FromMilliseconds(tmdb.RetryDelayMilliseconds);
            options.Retry.MaxDelay = MaxRetryDelay;
            options.Retry.BackoffType = DelayBackoffType.Exponential;
            options.Retry.UseJitter = true;
            options.Retry.OnRetry = retry =>
            {
                var why = retry.Outcome.Exception is { } exception
                    ? exception.GetBaseException().Message
                    : string.Create(CultureInfo.InvariantCulture, $"it answered {(int?)retry.Outcome.Result?.StatusCode}");
                provider.GetRequiredService<ImportConsole>().WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"  TMDB: {why}; try {retry.AttemptNumber + 2} of {MaxRetries + 1} in {retry.RetryDelay.TotalSeconds:N1} s"));
                return ValueTask.CompletedTask;
            };
        });
        client.AddHttpMessageHandler<TmdbHandler>();
        services.AddSingleton<TmdbImport>();
        return services;
    }
}
