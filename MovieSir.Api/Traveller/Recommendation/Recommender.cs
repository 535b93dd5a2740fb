using System.Diagnostics;
using MovieSir.Api.Dependencies;
using MovieSir.Api.Movies;
using MovieSir.Api.Traveller.PartnerApi;
using MovieSir.Api.Traveller.People;
using MovieSir.ServiceDefaults.InferenceContract;

namespace MovieSir.Api.Traveller.Recommendation;

/// <summary>Recommends sets of movies to a traveller: their profile and their wish, asked of the partner API,
/// shown with what the catalog knows.</summary>
internal sealed class Recommender(
    PartnerApiClient partner, ProfileStore profiles, GroupStore groups, SessionStore sessions, MovieCardStore movies, WishReader wishes,
    TimeProvider clock)
{
    /// <summary>Two sets for a wish, kept as a session.</summary>
    public async Task<Reply<RecommendAnswer>> RecommendAsync(TravellerIdentity traveller, Wish wish, long? seed, CancellationToken cancellationToken)
    {
        var startedAt = Stopwatch.GetTimestamp();
        var question = await QuestionAsync(traveller, wish, seed ?? Random.Shared.NextInt64(), cancellationToken);
        var reply = await AskAsync(question, cancellationToken);
        if (reply is not Reply<PartnerTracks>.Answered(var tracks))
        {
            return reply.Without<PartnerTracks, RecommendAnswer>();
        }

        var answer = new RecommendAnswer
        {
            SessionId = Guid.CreateVersion7(clock.GetUtcNow()),
            CreatedAt = clock.GetUtcNow(),
            AvailableTime = wish.AvailableTime,
            BreakMinutes = wish.BreakMinutes,
            MarginMinutes = wish.MarginMinutes,
            Genres = wish.Genres,
            ProviderIds = wish.ProviderIds,
            Mood = wish.Mood,
            TrackA = await ShowAsync(Track.A, tracks.TrackA, question, cancellationToken),
            TrackB = await ShowAsync(Track.B, tracks.TrackB, question, cancellationToken),
            Hints = await Recommendation.Hints.OfAsync(question, tracks, AskAsync, cancellationToken),
            ElapsedTime = Math.Round(Stopwatch.GetElapsedTime(startedAt).TotalSeconds, 3, MidpointRounding.AwayFromZero),
        };
        await sessions.AddAsync(traveller.TravellerId, wish, answer, cancellationToken);
        return new Reply<RecommendAnswer>.Answered(answer);
    }

    /// <summary>One movie that the session has not shown, in place of another where one is named.</summary>
    public async Task<Reply<ShownMovie>> SwapAsync(
        TravellerIdentity traveller, StoredSession session, SingleBody body, CancellationToken cancellationToken)
    {
        var question = await QuestionAsync(traveller, session.Wish, Random.Shared.NextInt64(), cancellationToken);
        var reply = await partner.RecommendSingleAsync(
            new PartnerRecommendSingle
            {
                UserMovieIds = question.UserMovieIds,
                Groups = question.Groups,
                GroupMode = question.GroupMode,
                PreferredGenres = question.Genres,
                PreferredOtts = question.Otts,
                AllowAdult = question.AllowAdult,
                NegativeMovieIds = question.NegativeMovieIds,
                Seed = question.Seed,
                ClientUserId = question.ClientUserId,
                TargetRuntime = body.TargetRuntime!.Value,
                Track = body.Track!.Value,
                ExcludedIds = Bounded([.. session.ShownMovieIds, .. body.ExcludedIds ?? [], .. question.Excluded]),
            },
            cancellationToken);
        if (reply is not Reply<SingleMovieAnswer>.Answered(var found))
        {
            return reply.Without<SingleMovieAnswer, ShownMovie>();
        }

        var shown = (await ShowAsync([found], question, cancellationToken)).Single();
        await sessions.ChangeAsync(
            session.Answer.SessionId, traveller.TravellerId,
            answer => answer.With(body.Track.Value, Replace(answer.Of(body.Track.Value), body.SourceMovieId, shown)),
            [shown.MovieId], cancellationToken);
        return new Reply<ShownMovie>.Answered(shown);
    }

    /// <summary>The locked movies, and the rest of the time filled exactly with others than the session has shown.</summary>
    public async Task<Reply<TrackResult>> FillAsync(
        TravellerIdentity traveller, StoredSession session, Track track, int[] lockedIds, CancellationToken cancellationToken)
    {
        var locked = await ShowAsync(lockedIds, session.Answer, cancellationToken);
        var lockedMinutes = locked.Sum(movie => movie.Runtime ?? 0) + (locked.Count * session.Wish.BreakMinutes);
        var question = await QuestionAsync(traveller, session.Wish, Random.Shared.NextInt64(), cancellationToken) with
        {
            Minutes = session.Wish.Minutes - lockedMinutes,
        };
        var result = session.Answer.Of(track) with { Movies = locked, TotalRuntime = locked.Sum(movie => movie.Runtime ?? 0), FillsTime = false };
        if (question.Minutes >= Limits.MinutesMin)
        {
            var reply = await AskAsync(question with { Excluded = [.. session.ShownMovieIds, .. question.Excluded] }, cancellationToken);
            if (reply is not Reply<PartnerTracks>.Answered(var tracks))
            {
                return reply.Without<PartnerTracks, TrackResult>();
            }

            var found = await ShowAsync(track, track is Track.A ? tracks.TrackA : tracks.TrackB, question, cancellationToken);
            result = found with { Movies = [.. locked, .. found.Movies], TotalRuntime = result.TotalRuntime + found.TotalRuntime };
        }

        result = result with { FillsTime = Fills(result, session.Wish) };
        await sessions.ChangeAsync(
            session.Answer.SessionId, traveller.TravellerId, answer => answer.With(track, result),
            [.. result.Movies.Select(movie => movie.MovieId)], cancellationToken);
        return new Reply<TrackResult>.Answered(result);
    }

    /// <summary>Movies as they are shown, in the order of their ids; without scores, which belong to an answer.</summary>
    public async Task<IReadOnlyList<ShownMovie>> ShowAsync(
        IReadOnlyList<int> movieIds, RecommendAnswer answer, CancellationToken cancellationToken)
    {
        var before = answer.TrackA.Movies.Concat(answer.TrackB.Movies).ToLookup(movie => movie.MovieId);
        var cards = await movies.CardsInOrderAsync([.. movieIds], cancellationToken);
        var offers = await movies.OffersAsync([.. movieIds], cancellationToken);
        return [.. cards.Select(card =>
            before[card.MovieId].FirstOrDefault() ?? new ShownMovie(card, [.. offers[card.MovieId]], null, null))];
    }

    private async Task<Question> QuestionAsync(TravellerIdentity traveller, Wish wish, long seed, CancellationToken cancellationToken)
    {
        var question = await OwnQuestionAsync(traveller, wish, seed, cancellationToken);
        // Once its day has passed, a set for two goes on by the profile of the one who changes it.
        return wish.GroupId is { } groupId
            && await groups.PeopleAsync(groupId, clock.GetUtcNow(), cancellationToken) is { Count: GroupEndpoints.Places } people
            ? await ForTwoAsync(question, traveller, people, wish.GroupMode, cancellationToken)
            : question;
    }

    /// <summary>The question for two: both profiles, and what either has seen is never answered.</summary>
    private async Task<Question> ForTwoAsync(
        Question question, TravellerIdentity traveller, IReadOnlyList<GroupPerson> people, GroupMode? mode, CancellationToken cancellationToken)
    {
        var (found, excluded, disliked) = (new List<int[]>(), question.Excluded.ToList(), question.NegativeMovieIds.ToList());
        foreach (var person in people.OrderByDescending(person => person.TravellerId == traveller.TravellerId))
        {
            var profile = await profiles.ReadAsync(person.TravellerId, cancellationToken);
            found.Add([.. (person.MovieIds is [] ? profile.Liked : person.MovieIds).TakeLast(Limits.ProfileMovies)]);
            excluded.AddRange(profile.Excluded);
            disliked.AddRange(profile.Disliked);
        }

        return question with
        {
            UserMovieIds = [],
            Groups = [.. found],
            GroupMode = mode,
            Excluded = [.. excluded],
            NegativeMovieIds = [.. disliked.Distinct().Except(found.SelectMany(movieIds => movieIds)).Take(Limits.NegativeMovies)],
        };
    }

    private async Task<Question> OwnQuestionAsync(TravellerIdentity traveller, Wish wish, long seed, CancellationToken cancellationToken)
    {
        var profile = await profiles.ReadAsync(traveller.TravellerId, cancellationToken);
        var mood = await wishes.MoodAsync(wish, cancellationToken);
        return new Question
        {
            ClientUserId = traveller.TravellerId.ToString("N"),
            Minutes = wish.Minutes,
            BreakMinutes = wish.BreakMinutes,
            // What the mood names stands last, as what was liked most recently.
            UserMovieIds = [.. profile.Liked.Except(mood).Concat(mood).TakeLast(Limits.ProfileMovies)],
            NegativeMovieIds = [.. profile.Disliked.Except(mood)],
            Genres = wish.Genres is [] ? null : wish.Genres,
            Otts = wish.ProviderIds is [] ? null : await profiles.ProviderNamesAsync(wish.ProviderIds, cancellationToken),
            AllowAdult = !wish.ExcludeAdult,
            Excluded = [.. wish.ExcludedIds, .. profile.Excluded],
            Recent = profile.Recent,
            Seed = seed,
        };
    }

    /// <summary>
    /// Asks twice where there are breaks: how many there will be is known by the first answer. And once more without sparing what was shown
    /// lately, where the time is not filled: who comes often must not run out of movies.
    /// </summary>
    private async Task<Reply<PartnerTracks>> AskAsync(Question question, CancellationToken cancellationToken)
    {
        var reply = await AskWithBreaksAsync(question, cancellationToken);
        return question.Recent is not [] && reply is Reply<PartnerTracks>.Answered({ } tracks)
            && !(tracks.TrackA.FillsTime && tracks.TrackB.FillsTime)
            ? await AskWithBreaksAsync(question with { Recent = [] }, cancellationToken)
            : reply;
    }

    private async Task<Reply<PartnerTracks>> AskWithBreaksAsync(Question question, CancellationToken cancellationToken)
    {
        var reply = await partner.RecommendAsync(question.ToPartner(question.Minutes), cancellationToken);
        if (question.BreakMinutes == 0 || reply is not Reply<PartnerTracks>.Answered({ } tracks))
        {
            return reply;
        }

        var breaks = Math.Max(tracks.TrackA.Movies.Count, tracks.TrackB.Movies.Count) - 1;
        var minutes = question.Minutes - (breaks * question.BreakMinutes);
        return breaks > 0 && minutes >= Limits.MinutesMin ? await partner.RecommendAsync(question.ToPartner(minutes), cancellationToken) : reply;
    }

    private async Task<TrackResult> ShowAsync(Track track, TrackAnswer answer, Question question, CancellationToken cancellationToken) => new()
    {
        Label = track is Track.A ? new BothLanguages("취향 맞춤", "To your taste") : new BothLanguages("새로운 발견", "Something new"),
        Movies = await ShowAsync(answer.Movies, question, cancellationToken),
        TotalRuntime = answer.TotalRuntime,
        FillsTime = answer.FillsTime,
    };

    private async Task<IReadOnlyList<ShownMovie>> ShowAsync(
        IReadOnlyList<MovieAnswer> answers, Question question, CancellationToken cancellationToken)
    {
        // What a movie was picked for tells what the other one of two has seen.
        var own = question.Groups?[0].ToHashSet();
        int[] ids = [.. answers.Select(answer => answer.MovieId)];
        var cards = await movies.CardsAsync([.. ids, .. answers.Select(answer => answer.Because?.MovieId ?? 0)], cancellationToken);
        var offers = await movies.OffersAsync(ids, cancellationToken);
        return [.. answers.Where(answer => cards.ContainsKey(answer.MovieId)).Select(answer => new ShownMovie(
            cards[answer.MovieId], [.. offers[answer.MovieId]], answer.Score,
            answer.Because is { } because && own?.Contains(because.MovieId) != false && cards.TryGetValue(because.MovieId, out var card)
                ? new BecauseOf(card.MovieId, card.Title, card.TitleKo)
                : null))];
    }

    private static TrackResult Replace(TrackResult track, int? sourceMovieId, ShownMovie movie)
    {
        List<ShownMovie> set = [.. track.Movies];
        var place = set.FindIndex(shown => shown.MovieId == sourceMovieId);
        if (place < 0)
        {
            set.Add(movie);
        }
        else
        {
            set[place] = movie;
        }

        return track with { Movies = set, TotalRuntime = set.Sum(shown => shown.Runtime ?? 0) };
    }

    private static bool Fills(TrackResult track, Wish wish) =>
        track.TotalRuntime + (Math.Max(0, track.Movies.Count - 1) * wish.BreakMinutes) >= 0.9 * wish.Minutes;

    private static int[] Bounded(int[] ids) => [.. ids.Distinct().Take(Limits.ExcludedMovies)];
}
