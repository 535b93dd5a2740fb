using MovieSir.Api.Http;
using MovieSir.Api.Traveller.Calls;

namespace MovieSir.Api.Traveller.Documentation;

/// <summary>The OpenAPI document of the surface, from which the app's client is generated. The edge shows it to nobody.</summary>
internal static class TravellerDocument
{
    public const string Name = "traveller";

    private const string Introduction = """
        What the travellers' app calls. Whoever calls is told apart by cookies: a traveller with an account, a guest, or nobody yet; the first call
        that changes something makes a guest of nobody. Calls that change something are answered to pages of the same origin only. Errors are
        problem details (RFC 9457) with a stable `code`.
        """;

    public static void AddTravellerDocument(this IServiceCollection services) =>
        services.AddPageDocument<TravellerMetadata>(Name, "MovieSir for travellers", Introduction);
}
