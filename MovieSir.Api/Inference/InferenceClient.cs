using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using MovieSir.ServiceDefaults.InferenceContract;
using Polly.CircuitBreaker;
using Polly.RateLimiting;
using Polly.Timeout;

namespace MovieSir.Api.Inference;

/// <summary>Calls the recommendation engine. Never throws for what the engine or the network does: see <see cref="InferenceOutcome{T}"/>.</summary>
internal sealed class InferenceClient(HttpClient http, IOptions<JsonOptions> json, ILogger<InferenceClient> logger)
{
    private readonly JsonSerializerOptions _json = json.Value.SerializerOptions;

    public Task<InferenceOutcome<RecommendResponse>> RecommendAsync(RecommendRequest request, CancellationToken cancellationToken) =>
        PostAsync<RecommendRequest, RecommendResponse>("/recommend", request, cancellationToken);

    public Task<InferenceOutcome<SingleMovieAnswer>> RecommendSingleAsync(RecommendSingleRequest request, CancellationToken cancellationToken) =>
        PostAsync<RecommendSingleRequest, SingleMovieAnswer>("/recommend_single", request, cancellationToken);

    public Task<InferenceOutcome<SearchResponse>> SearchAsync(SearchRequest request, CancellationToken cancellationToken) =>
        PostAsync<SearchRequest, SearchResponse>("/search", request, cancellationToken);

    public Task<InferenceOutcome<MoviesResponse>> SimilarAsync(int movieId, int k, CancellationToken cancellationToken) =>
        SendAsync<MoviesResponse>(() => new HttpRequestMessage(HttpMethod.Get, $"/movies/{movieId}/similar?k={k}"), cancellationToken);

    private Task<InferenceOutcome<TAnswer>> PostAsync<TRequest, TAnswer>(string path, TRequest request, CancellationToken cancellationToken) =>
        SendAsync<TAnswer>(
            () => new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(request, options: _json) }, cancellationToken);

    private async Task<InferenceOutcome<TAnswer>> SendAsync<TAnswer>(Func<HttpRequestMessage> create, CancellationToken cancellationToken)
    {
        try
        {
            using var request = create();
            // Read whole within the time limit: an engine that dies in the middle of its answer is an engine that failed.
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseContentRead, cancellationToken);
            if (response.IsSuccessStatusCode)
            {
                return new InferenceOutcome<TAnswer>.Answered(
                    await response.Content.ReadFromJsonAsync<TAnswer>(_json, cancellationToken) ?? throw new JsonException("The engine answered null."));
            }

            if (response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.UnprocessableEntity)
            {
                var problem = await response.Content.ReadFromJsonAsync<InferenceProblem>(_json, cancellationToken);
                if (problem is { Code: not "" })
                {
                    return new InferenceOutcome<TAnswer>.Refused(problem with { Status = (int)response.StatusCode });
                }
            }

            logger.LogError("The engine answered {Status} to {Method} {Path}", (int)response.StatusCode, request.Method, request.RequestUri?.AbsolutePath);
            return new InferenceOutcome<TAnswer>.Unavailable();
        }
        catch (TimeoutRejectedException exception)
        {
            logger.LogWarning(exception, "The engine did not answer in time");
            return new InferenceOutcome<TAnswer>.TimedOut();
        }
        catch (Exception exception) when (exception is BrokenCircuitException or RateLimiterRejectedException)
        {
            return new InferenceOutcome<TAnswer>.Unavailable();
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException or NotSupportedException or IOException)
        {
            logger.LogWarning(exception, "The engine could not be asked");
            return new InferenceOutcome<TAnswer>.Unavailable();
        }
    }
}
