namespace MovieSir.Api.Traveller.Onboarding;

/// <summary>A mood that a traveller may be in for movies: one movie of each is shown.</summary>
internal enum Mood
{
    LightComedy,
    TenderRomance,
    FantasticAdventure,
    ChildhoodAnimation,
    Classic,
    QuietIndie,
    GreatHero,
    SpaceAndScience,
    Horror,
    ActionAndCrime,
}

/// <summary>What makes a movie one of a mood, by TMDB's genres, its year and how many voted for it.</summary>
internal sealed record MoodRule(Mood Mood)
{
    private const int Action = 28;
    private const int Adventure = 12;
    private const int Animation = 16;
    private const int Comedy = 35;
    private const int Crime = 80;
    private const int Drama = 18;
    private const int Family = 10751;
    private const int Fantasy = 14;
    private const int HorrorGenre = 27;
    private const int Romance = 10749;
    private const int Science = 878;
    private const int Thriller = 53;
    private const int War = 10752;

    /// <summary>Genres that it has, all of them.</summary>
    public int[] Genres { get; init; } = [];

    /// <summary>Genres that it has none of.</summary>
    public int[] NoGenres { get; init; } = [];

    public int FromYear { get; init; }

    public int UntilYear { get; init; } = 9999;

    /// <summary>The least vote.</summary>
    public double FromVote { get; init; }

    /// <summary>Where the mood is for lesser known movies: skips this share of the best known ones.</summary>
    public double SkipKnown { get; init; }

    public static IReadOnlyList<MoodRule> All { get; } =
    [
        new(Mood.LightComedy) { Genres = [Comedy], NoGenres = [HorrorGenre, Crime, Drama, Animation, Thriller, War] },
        new(Mood.TenderRomance) { Genres = [Romance], NoGenres = [HorrorGenre, Action, Thriller, Animation] },
        new(Mood.FantasticAdventure) { Genres = [Fantasy, Adventure], NoGenres = [Animation, HorrorGenre] },
        new(Mood.ChildhoodAnimation) { Genres = [Animation, Family] },
        new(Mood.Classic) { UntilYear = 1985, FromVote = 7.5 },
        new(Mood.QuietIndie)
            { Genres = [Drama], NoGenres = [Action, Adventure, Fantasy, HorrorGenre, Crime, Thriller, War], FromYear = 1990, SkipKnown = 0.5 },
        new(Mood.GreatHero) { Genres = [Action, Adventure], NoGenres = [Animation, Comedy], FromYear = 2000 },
        new(Mood.SpaceAndScience) { Genres = [Science], NoGenres = [Animation, HorrorGenre] },
        new(Mood.Horror) { Genres = [HorrorGenre] },
        new(Mood.ActionAndCrime) { Genres = [Crime, Thriller], NoGenres = [Animation, HorrorGenre] },
    ];
}
