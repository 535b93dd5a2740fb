using MovieSir.Api.Engine;
using MovieSir.ServiceDefaults.Http;

namespace MovieSir.Api.Traveller.Calls;

/// <summary>Problems of the travellers' surface beside those that every surface has.</summary>
internal static class TravellerProblems
{
    public const string MovieNotFound = "MOVIE_NOT_FOUND";
    public const string LinkNotFound = "LINK_NOT_FOUND";
    public const string SessionNotFound = "SESSION_NOT_FOUND";
    public const string GroupNotFound = "GROUP_NOT_FOUND";
    public const string GroupFull = "GROUP_FULL";
    public const string NoMatch = "NO_MATCH";

    public const string AccountDeleted = "ACCOUNT_DELETED";
    public const string NicknameTaken = "NICKNAME_TAKEN";

    public static Problem<Status409> TakenNickname() => Problems.Of<Status409>(
        NicknameTaken, "Somebody else has this nickname. Choose another.");

    public static Problem<Status404> NoSuchMovie(int movieId) => Problems.Of<Status404>(
        MovieNotFound, $"There is no movie with the id {movieId} in the catalog.");

    public static Problem<Status404> NoSuchSession() => Problems.Of<Status404>(SessionNotFound, "There is no such recommendation of yours.");

    public static Problem<Status404> NoSuchGroup() => Problems.Of<Status404>(
        GroupNotFound, "There is no such group, or its day has passed. Make another.");

    public static Problem<Status503> EngineAway() => Problems.Of<Status503>(
        EngineCodes.Unavailable, "Movies cannot be recommended at present. Try again in a few seconds.");

    public static Problem<Status504> EngineLate() => Problems.Of<Status504>(
        EngineCodes.Late, "The recommendation took too long. Try again in a few seconds.");
}
