using System.ComponentModel.DataAnnotations;

namespace MovieSir.Api.Traveller.People;

/// <summary>The travellers' surface.</summary>
internal sealed class TravellerOptions
{
    public const string Section = "Traveller";

    /// <summary>Where people open the app: links of mails and shared plans begin with it.</summary>
    [Required, Url]
    public string AppAddress { get; set; } = "http://demo.localhost:8080";

    /// <summary>The address without a slash at its end.</summary>
    public string App => AppAddress.TrimEnd('/');

    /// <summary>
    /// The secret that the surface's own API key is derived from. Every replica has the same. The database holds only the key's hash.
    /// </summary>
    [Required, MinLength(24)]
    public string ApiKeySecret { get; set; } = "";

    /// <summary>Calls a day that the surface's own key may make. Each traveller has limits of their own.</summary>
    [Range(1, 1_000_000_000)]
    public int CallsPerDay { get; set; } = 10_000_000;

    /// <summary>Calls a second that the surface's own key may make.</summary>
    [Range(1, 1_000_000)]
    public int CallsPerSecond { get; set; } = 5000;

    /// <summary>Where the partner API answers. Empty: this process itself.</summary>
    public string PartnerAddress { get; set; } = "";

    /// <summary>How long one call to the partner API may take.</summary>
    [Range(100, 60_000)]
    public int PartnerTimeoutMilliseconds { get; set; } = 10_000;

    /// <summary>After how many days without a call a guest and all that is theirs is forgotten.</summary>
    [Range(1, 365)]
    public int GuestDays { get; set; } = 30;

    /// <summary>Guests that one address (of IPv6: one /64) may become in an hour.</summary>
    [Range(1, 1_000_000)]
    public int GuestsPerHour { get; set; } = 120;

    /// <summary>Recommendations that one traveller may ask for in a minute, swaps included.</summary>
    [Range(1, 1_000_000)]
    public int RecommendationsPerMinute { get; set; } = 60;

    /// <summary>How often what has ended is erased: deleted accounts, forgotten guests, sign-ins, links.</summary>
    [Range(1, 1440)]
    public int ErasureMinutes { get; set; } = 60;

    /// <summary>Exports and imports that one traveller may ask for in an hour.</summary>
    [Range(1, 10_000)]
    public int HistoriesPerHour { get; set; } = 20;
}
