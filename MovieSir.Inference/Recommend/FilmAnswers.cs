using MovieSir.Inference.Catalogue;
using MovieSir.ServiceDefaults.InferenceContract;

namespace MovieSir.Inference.Recommend;

/// <summary>Films of a snapshot as they are answered.</summary>
internal static class FilmAnswers
{
    public static FilmAnswer Of(CatalogueSnapshot snapshot, int row, float score, int becauseRow = -1)
    {
        ref readonly var film = ref snapshot.Films[row];
        return new FilmAnswer
        {
            MovieId = snapshot.MovieIds[row],
            TmdbId = snapshot.MovieIds[row],
            ImdbId = film.ImdbId,
            Title = film.Title,
            OriginalTitle = film.OriginalTitle,
            Runtime = RuntimeOf(snapshot, row),
            Genres = film.Genres,
            VoteAverage = snapshot.VoteAverages[row],
            VoteCount = snapshot.VoteCounts[row],
            Overview = film.Overview,
            ReleaseDate = film.ReleaseDate,
            PosterPath = film.PosterPath,
            Otts = film.Otts,
            Score = score,
            RecommendationType = TypeOf(snapshot, row),
            Because = BecauseOf(snapshot, becauseRow),
        };
    }

    private static short? RuntimeOf(CatalogueSnapshot snapshot, int row) => snapshot.RuntimeMinutes[row] is > 0 and var minutes ? minutes : null;

    private static RecommendationType TypeOf(CatalogueSnapshot snapshot, int row) =>
        snapshot.Model?.Has(row) == true ? RecommendationType.Hybrid : RecommendationType.SbertOnly;

    private static Because? BecauseOf(CatalogueSnapshot snapshot, int row) =>
        row < 0 ? null : new Because(snapshot.MovieIds[row], snapshot.Films[row].Title);
}
