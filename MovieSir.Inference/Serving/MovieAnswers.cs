using MovieSir.Inference.Catalog;
using MovieSir.ServiceDefaults.InferenceContract;

namespace MovieSir.Inference.Serving;

/// <summary>Movies of a snapshot as they are answered.</summary>
internal static class MovieAnswers
{
    public static MovieAnswer Of(CatalogSnapshot snapshot, Row row, float score, Row? because = null)
    {
        ref readonly var movie = ref snapshot.Movies[row.Index];
        return new MovieAnswer
        {
            MovieId = snapshot.MovieIds[row.Index],
            TmdbId = snapshot.MovieIds[row.Index],
            ImdbId = movie.ImdbId,
            Title = movie.Title,
            OriginalTitle = movie.OriginalTitle,
            Runtime = RuntimeOf(snapshot, row),
            Genres = movie.Genres,
            VoteAverage = snapshot.VoteAverages[row.Index],
            VoteCount = snapshot.VoteCounts[row.Index],
            Overview = movie.Overview,
            ReleaseDate = movie.ReleaseDate,
            PosterPath = movie.PosterPath,
            Otts = movie.Otts,
            Score = score,
            RecommendationType = TypeOf(snapshot, row),
            Because = BecauseOf(snapshot, because),
        };
    }

    private static short? RuntimeOf(CatalogSnapshot snapshot, Row row) => snapshot.RuntimeMinutes[row.Index] is > 0 and var minutes ? minutes : null;

    private static RecommendationType TypeOf(CatalogSnapshot snapshot, Row row) =>
        snapshot.Model?.Has(row.Index) == true ? RecommendationType.Hybrid : RecommendationType.SbertOnly;

    private static Because? BecauseOf(CatalogSnapshot snapshot, Row? row) =>
        row is { Index: var index } ? new Because(snapshot.MovieIds[index], snapshot.Movies[index].Title) : null;
}
