using System.Net.Http.Headers;
using System.Threading.RateLimiting;

namespace MovieSir.Inference.Offline.Import.Tmdb;

/// <summary>
/// What every single request to TMDB gets, retries included: its turn, the key, and a whole answer (a connection that is cut within the body fails
/// here, where it is tried again).
/// </summary>
internal sealed class TmdbHandler(RateLimiter limiter, TmdbKey key) : DelegatingHandler
{
    /// <summary>The largest answers, with 60 regions' providers and 100 translations, have some hundred kilobytes.</summary>
    private const int MaxAnswerBytes = 8 << 20;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var turn = await limiter.AcquireAsync(1, cancellationToken);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key.Token);
        var response = await base.SendAsync(request, cancellationToken);
        try
        {
            await response.Content.LoadIntoBufferAsync(MaxAnswerBytes, cancellationToken);
            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }
}
