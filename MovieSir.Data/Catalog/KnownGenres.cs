namespace MovieSir.Data.Catalog;

/// <summary>TMDB's nineteen movie genres, in both languages.</summary>
public static class KnownGenres
{
    /// <summary>All of them. They stay in the catalog whether a movie has them or not.</summary>
    public static IReadOnlyList<KnownGenre> All { get; } =
    [
        Of(28, "Action", "액션"),
        Of(12, "Adventure", "모험"),
        Of(16, "Animation", "애니메이션"),
        Of(35, "Comedy", "코미디"),
        Of(80, "Crime", "범죄"),
        Of(99, "Documentary", "다큐멘터리"),
        Of(18, "Drama", "드라마"),
        Of(10751, "Family", "가족"),
        Of(14, "Fantasy", "판타지"),
        Of(36, "History", "역사"),
        Of(27, "Horror", "공포"),
        Of(10402, "Music", "음악"),
        Of(9648, "Mystery", "미스터리"),
        Of(10749, "Romance", "로맨스"),
        Of(878, "Science Fiction", "SF"),
        Of(10770, "TV Movie", "TV 영화"),
        Of(53, "Thriller", "스릴러"),
        Of(10752, "War", "전쟁"),
        Of(37, "Western", "서부"),
    ];

    private static KnownGenre Of(int id, string english, string korean) => new(id, english, korean);
}

/// <summary>A genre of TMDB.</summary>
/// <param name="GenreId">TMDB's id.</param>
/// <param name="NameEn">Its English name.</param>
/// <param name="NameKo">Its Korean name.</param>
public sealed record KnownGenre(int GenreId, string NameEn, string NameKo);
