using System.ComponentModel.DataAnnotations;

namespace MovieSir.Api.Hosting;

/// <summary>Which proxies and origins the API trusts, and how much it takes from a caller.</summary>
internal sealed class EdgeOptions
{
    public const string Section = "Edge";

    /// <summary>
    /// Addresses (<c>10.0.0.5</c>) or networks (<c>10.0.0.0/24</c>) of proxies whose X-Forwarded-* headers are believed. None by default.
    /// </summary>
    public string[] TrustedProxies { get; set; } = [];

    /// <summary>Origins that browsers may call from. None by default: partners call from servers.</summary>
    public string[] AllowedOrigins { get; set; } = [];

    /// <summary>The largest request body, in bytes.</summary>
    [Range(1024, 16 * 1024 * 1024)]
    public long MaxRequestBodyBytes { get; set; } = 1024 * 1024;

    /// <summary>How long a caller may take to send a request's headers.</summary>
    [Range(1, 120)]
    public int RequestHeadersTimeoutSeconds { get; set; } = 15;
}
