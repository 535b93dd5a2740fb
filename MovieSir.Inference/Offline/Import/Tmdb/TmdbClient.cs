using System.Globalization;
using System.Net;
using System.Text.Json;
using MovieSir.Inference.Offline.Import.Reading;
using Polly;

namespace MovieSir.Inference.Offline.Import.Tmdb;

/// <summary>TMDB did not give what was asked for, after all retries; the message says why.</summary>
internal sealed class TmdbUnavailableException(string message, Exception? innerException = null) : Exception(message, innerException);

/// <summary>The two calls of TMDB's API that an import makes.</summary>
internal sealed class TmdbClient(HttpClient http)
{
    /// <summary>One movie with all that the catalog keeps.</summary>
    /// <returns>The answer as JSON in UTF-8, or null where TMDB has no such movie.</returns>
    /// <exception cref="TmdbUnavailableException">TMDB fails.</exception>
    /// <exception cref="ImportException">TMDB refuses the key.</exception>
    public Task<byte[]?> GetMovieAsync(int movieId, string language, CancellationToken cancellationToken) => GetAsync(
        string.Create(CultureInfo.InvariantCulture, $"movie/{movieId}?language={language}&append_to_response=translations,keywords,watch/providers"),
        cancellationToken);

    /// <summary>One page of 20 ids of TMDB's movies, those with the most votes first.</summary>
    /// <returns>The ids, and how many pages there are.</returns>
    /// <exception cref="TmdbUnavailableException">TMDB fails.</exception>
    /// <exception cref="ImportException">TMDB refuses the key.</exception>
    public async Task<(IReadOnlyList<int> MovieIds, int Pages)> DiscoverAsync(int page, string language, string region,
        CancellationToken cancellationToken)
    {
        var json = await GetAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"discover/movie?sort_by=vote_count.desc&include_adult=false&include_video=false&language={language}&region={region}&page={page}"),
            cancellationToken);
        try
        {
            var answer = JsonSerializer.Deserialize(json, TmdbApiJsonContext.Default.TmdbPage);
            return ([.. (answer?.Results ?? []).Where(movie => movie.Id > 0).Select(movie => movie.Id)], answer?.TotalPages ?? 0);
        }
        catch (JsonException exception)
        {
            throw new TmdbUnavailableException("its list of movies is not in the expected form", exception);
        }
    }

    private async Task<byte[]?> GetAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await http.GetAsync(new Uri(path, UriKind.Relative), cancellationToken);
            return response.StatusCode switch
            {
                HttpStatusCode.OK => await response.Content.ReadAsByteArrayAsync(cancellationToken),
                HttpStatusCode.NotFound => null,
                HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => throw new ImportException(
                    "TMDB refuses the key: is it the \"API Read Access Token\", whole, and still valid?"),
                _ => throw new TmdbUnavailableException(string.Create(CultureInfo.InvariantCulture, $"TMDB answered {(int)response.StatusCode}")),
            };
        }
        catch (HttpRequestException exception)
        {
            throw new TmdbUnavailableException($"the connection to TMDB failed ({exception.HttpRequestError})", exception);
        }
        catch (ExecutionRejectedException exception)
        {
            throw new TmdbUnavailableException("TMDB did not answer in time", exception);
        }
    }
}
