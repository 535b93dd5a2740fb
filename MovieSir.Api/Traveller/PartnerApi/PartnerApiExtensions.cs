using Microsoft.Extensions.Options;
using MovieSir.Api.Traveller.People;

namespace MovieSir.Api.Traveller.PartnerApi;

internal static class PartnerApiExtensions
{
    private const int MaxAnswerBytes = 8 * 1024 * 1024;

    /// <summary>The partner API as this surface calls it, and the key that it calls with.</summary>
    public static void AddPartnerApi(this IServiceCollection services)
    {
        services.AddSingleton<OwnKey>();
        services.AddHostedService(provider => provider.GetRequiredService<OwnKey>());
        var client = services.AddHttpClient<PartnerApiClient>((provider, http) =>
        {
            http.MaxResponseContentBufferSize = MaxAnswerBytes;
            http.Timeout = TimeSpan.FromMilliseconds(provider.GetRequiredService<IOptions<TravellerOptions>>().Value.PartnerTimeoutMilliseconds);
        });
        client.ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
#pragma warning disable EXTEXP0001 // Experimental: there is no other way. A call is charged, so it is not repeated.
        client.RemoveAllResilienceHandlers();
#pragma warning restore EXTEXP0001
    }
}
