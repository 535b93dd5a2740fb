using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using MovieSir.Api.Dependencies;
using MovieSir.Api.Engine;
using MovieSir.Api.Traveller.People;
using MovieSir.ServiceDefaults.InferenceContract;

namespace MovieSir.Api.Traveller.PartnerApi;

/// <summary>Calls the partner API over HTTP, as any customer would. Throws nothing for what it or the network does.</summary>
internal sealed class PartnerApiClient(
    HttpClient http, OwnKey key, IServer server, IOptions<TravellerOptions> options, IOptions<JsonOptions> json, Outages outages)
{
    private readonly JsonSerializerOptions _json = json.Value.SerializerOptions;

    public Task<Reply<PartnerTracks>> RecommendAsync(PartnerRecommend wish, CancellationToken cancellationToken) =>
        PostAsync<PartnerRecommend, PartnerTracks>("/v1/recommend", wish, cancellationToken);

    public Task<Reply<SingleMovieAnswer>> RecommendSingleAsync(PartnerRecommendSingle wish, CancellationToken cancellationToken) =>
        PostAsync<PartnerRecommendSingle, SingleMovieAnswer>("/v1/recommend_single", wish, cancellationToken);

    public Task<Reply<SearchResponse>> SearchAsync(PartnerSearch search, CancellationToken cancellationToken) =>
        PostAsync<PartnerSearch, SearchResponse>("/v1/search", search, cancellationToken);

    private Task<Reply<TAnswer>> PostAsync<TBody, TAnswer>(string path, TBody body, CancellationToken cancellationToken) =>
        outages.AskForReplyAsync(
            Dependency.PartnerApi,
            async () =>
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Address(), path))
                    { Content = JsonContent.Create(body, options: _json) };
                request.Headers.Add("X-API-Key", key.Text);
                using var response = await http.SendAsync(request, HttpCompletionOption.ResponseContentRead, cancellationToken);
                return await ReadAsync<TAnswer>(path, response, cancellationToken);
            },
            cancellationToken);

    private async Task<Reply<TAnswer>> ReadAsync<TAnswer>(string path, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.IsSuccessStatusCode)
        {
            return new Reply<TAnswer>.Answered((await response.Content.ReadFromJsonAsync<PartnerEnvelope<TAnswer>>(_json, cancellationToken)
                ?? throw new JsonException("The partner API answered null.")).Data);
        }

        if (response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.UnprocessableEntity
            && await response.Content.ReadFromJsonAsync<EngineRefusal>(_json, cancellationToken) is { Code: not "" } refusal)
        {
            return new RefusedByEngine<TAnswer>(refusal with { IsNotFound = response.StatusCode is HttpStatusCode.NotFound });
        }

        // Its own 504 says that the engine is late; whatever else it says, there is no recommendation.
        return response.StatusCode is HttpStatusCode.GatewayTimeout
            ? new Reply<TAnswer>.Away(IsLate: true)
            : throw new HttpRequestException($"The partner API answered {(int)response.StatusCode} to POST {path}.", null, response.StatusCode);
    }

    private Uri Address()
    {
        if (options.Value.PartnerAddress is { Length: > 0 } address)
        {
            return new Uri(address);
        }

        var own = server.Features.Get<IServerAddressesFeature>()!.Addresses.First();
        // http://*:8000 and http://[::]:8000 are where it listens, not where it is called.
        return new UriBuilder(Uri.UriSchemeHttp, IPAddress.Loopback.ToString(), BindingAddress.Parse(own).Port).Uri;
    }
}
