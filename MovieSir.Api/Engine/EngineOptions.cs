using System.ComponentModel.DataAnnotations;

namespace MovieSir.Api.Engine;

/// <summary>How the API calls the engine.</summary>
internal sealed class EngineOptions
{
    public const string Section = "Inference";

    /// <summary>Where the engine is; a service name is resolved by service discovery (<c>services__inference__http__0</c>).</summary>
    [Required, Url]
    public string Address { get; set; } = "http://inference";

    /// <summary>How long one attempt may take before the caller gets 504.</summary>
    [Range(50, 60_000)]
    public int AttemptTimeoutMilliseconds { get; set; } = 4000;

    /// <summary>How long a call may take with a second attempt.</summary>
    [Range(50, 60_000)]
    public int TotalTimeoutMilliseconds { get; set; } = 6000;

    /// <summary>How long connecting to the engine may take, once for each attempt.</summary>
    [Range(50, 10_000)]
    public int ConnectTimeoutMilliseconds { get; set; } = 1000;

    /// <summary>Calls to the engine at once; more are refused rather than left to wait.</summary>
    [Range(1, 10_000)]
    public int MaxConcurrentCalls { get; set; } = 512;

    /// <summary>
    /// The breaker opens when this share of at least <see cref="BreakerMinimumCalls"/> calls failed within <see cref="BreakerSamplingSeconds"/>.
    /// </summary>
    [Range(0.01, 1)]
    public double BreakerFailureRatio { get; set; } = 0.5;

    /// <summary>Calls below which the breaker does not open.</summary>
    [Range(2, 10_000)]
    public int BreakerMinimumCalls { get; set; } = 10;

    /// <summary>How far back the breaker looks.</summary>
    [Range(1, 600)]
    public int BreakerSamplingSeconds { get; set; } = 10;

    /// <summary>How long the breaker stays open before one call may try.</summary>
    [Range(500, 600_000)]
    public int BreakMilliseconds { get; set; } = 2000;
}
