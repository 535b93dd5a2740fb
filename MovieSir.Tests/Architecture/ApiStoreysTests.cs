using MovieSir.Api.Engine;

namespace MovieSir.Tests.Architecture;

/// <summary>
/// The rooms of MovieSir.Api stand in storeys. A room may use the rooms of lower storeys, and none beside or above it: so no rooms form a cycle, and
/// what surfaces share knows no surface.
/// </summary>
public sealed class ApiStoreysTests
{
    private static readonly Storeys Api = new(
        typeof(EngineClient).Assembly,
        [
            ["Hosting"],
            ["Partner", "Console", "Traveller"],
            ["Partner.Recommend", "Partner.Search", "Partner.Movies", "Partner.Feedback", "Partner.Usage", "Partner.Health", "Partner.Documentation"],
            [
                "Traveller.Recommendation", "Traveller.Movies", "Traveller.Onboarding", "Traveller.Users", "Traveller.FirstNames",
                "Traveller.Documentation", "Traveller.Auth", "Traveller.Registration", "Traveller.MyPage",
            ],
            ["Console.Dashboard", "Console.LiveFeed", "Console.Admin"],
            [
                "Console.Auth", "Console.Settings", "Console.ApiKeys", "Console.Usage", "Console.Logs", "Console.Documentation",
                "Console.ContentRules", "Console.Members", "Console.Audit", "Console.Quality",
            ],
            ["Partner.Calls", "Console.Calls", "Traveller.Calls", "Traveller.PartnerApi"],
            ["Console.People", "Traveller.People"],
            ["Accounts"],
            ["Accounts.Attempts", "Accounts.Passwords", "Accounts.Devices", "Accounts.External"],
            ["Mail"],
            ["Companies"],
            ["Companies.Quota"],
            ["Companies.Keys", "Companies.Accounting"],
            ["Companies.ContentRules", "Companies.Audit"],
            ["Movies", "Engine"],
            ["Dependencies", "Http"],
        ]);

    [Fact]
    public void Every_namespace_is_a_room() => Api.AssertThatEveryNamespaceIsARoom();

    [Fact]
    public void A_room_uses_only_rooms_of_lower_storeys() => Api.AssertThatRoomsUseOnlyLowerStoreys();
}
