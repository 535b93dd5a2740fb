using System.ComponentModel.DataAnnotations;

namespace MovieSir.Inference.Offline.Import.Tmdb;

/// <summary>Configuration section <c>Tmdb</c>.</summary>
internal sealed class TmdbOptions
{
    public const string Section = "Tmdb";

    /// <summary>Address of version 3 of TMDB's API, with a slash at its end.</summary>
    [Required]
    [RegularExpression("^https?://.+/$", ErrorMessage = "Tmdb:BaseAddress is an http or https address that ends with a slash.")]
    public string BaseAddress { get; set; } = "https://api.themoviedb.org/3/";

    /// <summary>TMDB asks to stay below about 40.</summary>
    [Range(1, 50)]
    public int RequestsPerSecond { get; set; } = 30;

    /// <summary>Requests in flight at once.</summary>
    [Range(1, 32)]
    public int MaxParallelRequests { get; set; } = 8;

    /// <summary>Movies that are kept together: what an interruption costs at most.</summary>
    [Range(1, 1000)]
    public int BatchSize { get; set; } = 200;

    /// <summary>The first wait before a request is tried again; it doubles. A Retry-After of TMDB's goes before it.</summary>
    [Range(1, 60_000)]
    public int RetryDelayMilliseconds { get; set; } = 1000;

    /// <summary>Time for one movie, with its retries and waits.</summary>
    [Range(30, 3600)]
    public int TotalTimeoutSeconds { get; set; } = 300;
}
