using System.Net;
using Microsoft.Extensions.Options;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace MovieSir.Api.Engine;

internal static class EngineExtensions
{
    private const int MaxAnswerBytes = 8 * 1024 * 1024;

    public static void AddEngine(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<EngineOptions>().BindConfiguration(EngineOptions.Section).ValidateDataAnnotations()
            .Validate(options => options.TotalTimeoutMilliseconds >= options.AttemptTimeoutMilliseconds,
                "Inference:TotalTimeoutMilliseconds is shorter than Inference:AttemptTimeoutMilliseconds.")
            .ValidateOnStart();

        var client = builder.Services.AddHttpClient<EngineClient>((services, http) =>
        {
            http.BaseAddress = new Uri(services.GetRequiredService<IOptions<EngineOptions>>().Value.Address);
            http.MaxResponseContentBufferSize = MaxAnswerBytes;
            http.Timeout = Timeout.InfiniteTimeSpan; // the pipeline below has the limits
        });
        client.ConfigurePrimaryHttpMessageHandler(services => new SocketsHttpHandler
        {
            ConnectTimeout = TimeSpan.FromMilliseconds(services.GetRequiredService<IOptions<EngineOptions>>().Value.ConnectTimeoutMilliseconds),
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            AllowAutoRedirect = false,
            UseCookies = false,
        });
#pragma warning disable EXTEXP0001 // Experimental: there is no other way to replace the pipeline that every client gets by default.
        client.RemoveAllResilienceHandlers();
#pragma warning restore EXTEXP0001
        client.AddResilienceHandler("inference", (pipeline, context) =>
            Configure(pipeline, context.ServiceProvider.GetRequiredService<IOptions<EngineOptions>>().Value));
    }

    // Outermost first. A second attempt is made only where the first never reached the engine: one that is slow or fails is not asked for more.
    private static void Configure(ResiliencePipelineBuilder<HttpResponseMessage> pipeline, EngineOptions options) => pipeline
        .AddConcurrencyLimiter(options.MaxConcurrentCalls)
        .AddTimeout(TimeSpan.FromMilliseconds(options.TotalTimeoutMilliseconds))
        .AddRetry(new RetryStrategyOptions<HttpResponseMessage>
        {
            MaxRetryAttempts = 1,
            Delay = TimeSpan.FromMilliseconds(50),
            ShouldHandle = static arguments => ValueTask.FromResult(NeverConnected(arguments.Outcome.Exception)),
        })
        .AddCircuitBreaker(new CircuitBreakerStrategyOptions<HttpResponseMessage>
        {
            FailureRatio = options.BreakerFailureRatio,
            MinimumThroughput = options.BreakerMinimumCalls,
            SamplingDuration = TimeSpan.FromSeconds(options.BreakerSamplingSeconds),
            BreakDuration = TimeSpan.FromMilliseconds(options.BreakMilliseconds),
            ShouldHandle = static arguments => ValueTask.FromResult(Failed(arguments.Outcome)),
        })
        .AddTimeout(TimeSpan.FromMilliseconds(options.AttemptTimeoutMilliseconds));

    private static bool Failed(Outcome<HttpResponseMessage> outcome) => outcome is
    { Exception: HttpRequestException or TimeoutRejectedException } or { Result.StatusCode: >= HttpStatusCode.InternalServerError }
        || IsConnectTimeout(outcome.Exception);

    private static bool NeverConnected(Exception? exception) => IsConnectTimeout(exception) || exception is HttpRequestException
    {
        HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError,
    };

    // How SocketsHttpHandler tells its ConnectTimeout: a host that drops packets. A refused connection is an HttpRequestException.
    private static bool IsConnectTimeout(Exception? exception) => exception is TaskCanceledException { InnerException: TimeoutException };
}
