using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MovieSir.Bench.Load;

/// <summary>
/// Seeded requests as travellers send them: profiles of ten movies drawn from the thousand best ranked, 60 to 480 minutes, half of them with one
/// to three preferred genres; or the same profiles for a ranking of ten. No request has a seed of its own, so no answer could be a cached one.
/// </summary>
internal sealed class RequestMix
{
    private const int Distinct = 2000;
    private const int ProfileMovies = 10;
    private static readonly string[] Genres = ["Action", "Comedy", "Drama", "Thriller", "Romance", "Adventure", "Animation", "스릴러", "드라마", "코미디"];
    private readonly byte[][] _bodies;

    private RequestMix(byte[][] bodies) => _bodies = bodies;

    public int Count => _bodies.Length;

    public byte[] this[int call] => _bodies[call];

    /// <summary>Ids of the movies that profiles are drawn from.</summary>
    public static async Task<int[]> ReadMoviesAsync(Uri inference, CancellationToken cancellationToken)
    {
        using var client = new HttpClient();
        using var response = await client.PostAsJsonAsync(
            new Uri(inference, "/rank"), new { user_movie_ids = Array.Empty<int>(), k = 1000 }, cancellationToken);
        response.EnsureSuccessStatusCode();
        using var ranked = await JsonDocument.ParseAsync(
            await response.Content.ReadAsStreamAsync(cancellationToken), cancellationToken: cancellationToken);
        var movies = ranked.RootElement.GetProperty("movies").EnumerateArray().Select(movie => movie.GetProperty("movie_id").GetInt32()).ToArray();
        return movies.Length >= ProfileMovies
            ? movies
            : throw new InvalidOperationException($"The catalog ranks only {movies.Length} movies; import more before measuring.");
    }

    public static RequestMix Recommend(int[] movies, int seed) => Create(movies, seed, (body, random) =>
    {
        body["available_time"] = random.Next(60, 481);
        if (random.Next(2) == 0)
        {
            body["preferred_genres"] = new JsonArray(
                [.. random.GetItems(Genres, random.Next(1, 4)).Distinct().Select(genre => JsonValue.Create(genre))]);
        }
    });

    public static RequestMix Rank(int[] movies, int seed) => Create(movies, seed, (body, _) => body["k"] = ProfileMovies);

    private static RequestMix Create(int[] movies, int seed, Action<JsonObject, Random> ask)
    {
        var random = new Random(seed);
        var bodies = new byte[Distinct][];
        for (var i = 0; i < Distinct; i++)
        {
            var body = new JsonObject
            {
                ["user_movie_ids"] = new JsonArray([.. random.GetItems(movies, ProfileMovies).Select(id => JsonValue.Create(id))]),
            };
            ask(body, random);
            bodies[i] = JsonSerializer.SerializeToUtf8Bytes(body);
        }

        return new RequestMix(bodies);
    }
}
