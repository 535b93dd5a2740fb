using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using MovieSir.Api.Dependencies;
using MovieSir.ServiceDefaults.InferenceContract;

namespace MovieSir.Api.Engine;

/// <summary>Calls the recommendation engine, MovieSir.Inference. Throws nothing for what the engine or the network does.</summary>
internal sealed class EngineClient(HttpClient http, IOptions<JsonOptions> json, Outages outages)
{
    private readonly JsonSerializerOptions _json = json.Value.SerializerOptions;

    public Task<Reply<RecommendResponse>> RecommendAsync(RecommendRequest request, CancellationToken cancellationToken) =>
        PostAsync<RecommendRequest, RecommendResponse>("/recommend", request, cancellationToken);

    public Task<Reply<SingleMovieAnswer>> RecommendSingleAsync(RecommendSingleRequest request, CancellationToken cancellationToken) =>
        PostAsync<RecommendSingleRequest, SingleMovieAnswer>("/recommend_single", request, cancellationToken);

    public Task<Reply<SearchResponse>> SearchAsync(SearchRequest request, CancellationToken cancellationToken) =>
        PostAsync<SearchRequest, SearchResponse>("/search", request, cancellationToken);

    public Task<Reply<MoviesResponse>> SimilarAsync(int movieId, SimilarRequest request, CancellationToken cancellationToken) =>
        PostAsync<SimilarRequest, MoviesResponse>($"/movies/{movieId}/similar", request, cancellationToken);

    public Task<Reply<RulesPreviewResponse>> PreviewRulesAsync(RulesPreviewRequest request, CancellationToken cancellationToken) =>
        PostAsync<RulesPreviewRequest, RulesPreviewResponse>("/rules/preview", request, cancellationToken);

    private Task<Reply<TAnswer>> PostAsync<TRequest, TAnswer>(string path, TRequest body, CancellationToken cancellationToken) =>
        outages.AskForReplyAsync(
            Dependency.Engine,
            async () =>
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body, options: _json) };
                // Read whole within the time limit: an engine that dies in the middle of its answer is an engine that failed.
                using var response = await http.SendAsync(request, HttpCompletionOption.ResponseContentRead, cancellationToken);
                return await ReadAsync<TAnswer>(path, response, cancellationToken);
            },
            cancellationToken);

    private async Task<Reply<TAnswer>> ReadAsync<TAnswer>(string path, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.IsSuccessStatusCode)
        {
            return new Reply<TAnswer>.Answered(
                await response.Content.ReadFromJsonAsync<TAnswer>(_json, cancellationToken) ?? throw new JsonException("The engine answered null."));
        }

        if (response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.UnprocessableEntity
            && await response.Content.ReadFromJsonAsync<EngineRefusal>(_json, cancellationToken) is { Code: not "" } refusal)
        {
            return new RefusedByEngine<TAnswer>(refusal with { IsNotFound = response.StatusCode is HttpStatusCode.NotFound });
        }

        throw new HttpRequestException($"The engine answered {(int)response.StatusCode} to POST {path}.", null, response.StatusCode);
    }
}
