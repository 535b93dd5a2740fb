using MovieSir.Inference.Catalog;
using MovieSir.ServiceDefaults.InferenceContract;

namespace MovieSir.Inference.Serving;

/// <summary>Movies of a snapshot as they are answered.</summary>
internal static class MovieAnswers
{
    public static MovieAnswer Of(CatalogSnapshot snapshot, int row, float score, int becauseRow = -1)
    {
        ref readonly var movie = ref snapshot.Movies[row];
        return new MovieAnswer
        {
            MovieId = snapshot.MovieIds[row],
            TmdbId = snapshot.MovieIds[row],
            ImdbId = movie.ImdbId,
            Title = movie.Title,
            OriginalTitle = movie.OriginalTitle,
            Runtime = RuntimeOf(snapshot, row),
            Genres = movie.Genres,
            VoteAverage = snapshot.VoteAverages[row],
            VoteCount = snapshot.VoteCounts[row],
            Overview = movie.Overview,
            ReleaseDate = movie.ReleaseDate,
            PosterPath = movie.PosterPath,
            Otts = movie.Otts,
            Score = score,
            RecommendationType = TypeOf(snapshot, row),
            Because = BecauseOf(snapshot, becauseRow),
        };
    }

    private static short? RuntimeOf(CatalogSnapshot snapshot, int row) => snapshot.RuntimeMinutes[row] is > 0 and var minutes ? minutes : null;

    private static RecommendationType TypeOf(CatalogSnapshot snapshot, int row) =>
        snapshot.Model?.Has(row) == true ? RecommendationType.Hybrid : RecommendationType.SbertOnly;

    private static Because? BecauseOf(CatalogSnapshot snapshot, int row) =>
        row < 0 ? null : new Because(snapshot.MovieIds[row], snapshot.Movies[row].Title);
}
