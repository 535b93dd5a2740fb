namespace MovieSir.Api.Traveller.Calls;

/// <summary>Names of the surface's cookies, without their prefix.</summary>
internal static class TravellerCookies
{
    public const string Guest = "moviesir_guest";
    public const string Access = "moviesir_access";
    public const string Refresh = "moviesir_refresh";
    public const string SignUp = "moviesir_signup";
}
