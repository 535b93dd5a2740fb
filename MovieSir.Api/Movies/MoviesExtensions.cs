namespace MovieSir.Api.Movies;

internal static class MoviesExtensions
{
    /// <summary>Reading of movies, genres and streaming services.</summary>
    public static void AddMovies(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<AvailabilityOptions>().BindConfiguration("Catalog").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<MovieStore>();
    }
}
