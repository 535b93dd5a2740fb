using MovieSir.ServiceDefaults;

namespace MovieSir.Api.Movies;

internal static class MoviesExtensions
{
    /// <summary>Reading of movies, genres and streaming services.</summary>
    public static void AddMovies(this WebApplicationBuilder builder)
    {
        builder.Services.AddAvailability();
        builder.Services.AddSingleton<MovieStore>();
        builder.Services.AddSingleton<MovieCardStore>();
        builder.Services.AddSingleton<MovieMatchStore>();
    }
}
