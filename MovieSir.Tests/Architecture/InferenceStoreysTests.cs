using ArchUnitNET.xUnitV3;
using MovieSir.Inference.Catalog;
using static ArchUnitNET.Fluent.ArchRuleDefinition;

namespace MovieSir.Tests.Architecture;

/// <summary>
/// The rooms of MovieSir.Inference stand in storeys. A room may use the rooms of lower storeys, none beside or above it. So no rooms form a cycle.
/// docs/architecture/rooms.md says what each is for.
/// </summary>
public sealed class InferenceStoreysTests
{
    private static readonly Storeys Inference = new(
        typeof(CatalogSnapshot).Assembly,
        [
            ["Hosting"],
            ["Serving.Recommend", "Serving.Rank", "Serving.Search", "Serving.Similar", "Serving.Embed", "Serving.Rules"],
            ["Serving"],
            ["Offline.Prepare"],
            ["Offline.Train"],
            ["Offline.Evaluate"],
            ["Offline.Evaluate.Rankers"],
            ["Offline.Learn"],
            ["Offline.Datasets", "Offline.Embed", "Offline.Sample"],
            ["Offline.Import.Planning"],
            ["Offline.Import.MovieLens", "Offline.Import.Tmdb"],
            ["Offline.Import.Movies"],
            ["Offline.Import"],
            ["Offline.Import.Reading"],
            ["Engine.TimeFit"],
            ["Engine.Ranking"],
            ["Catalog"],
            ["Models"],
            ["Encoding"],
            ["Numerics", "Commands", "Telemetry"],
        ],
        "Encoding");

    [Fact]
    public void Every_namespace_is_a_room() => Inference.AssertThatEveryNamespaceIsARoom();

    [Fact]
    public void A_room_uses_only_rooms_of_lower_storeys() => Inference.AssertThatRoomsUseOnlyLowerStoreys();

    [Fact]
    public void What_serves_never_needs_what_trains() =>
        Types().That().ResideInNamespaceMatching(@"^MovieSir\.Inference\.Serving")
            .Should().NotDependOnAny(Types().That().ResideInNamespaceMatching(@"^MovieSir\.Inference\.Offline"))
            .Because("a serving process must not change with the commands that feed it")
            .Check(Inference.Types);
}
