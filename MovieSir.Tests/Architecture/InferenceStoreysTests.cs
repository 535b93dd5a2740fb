using ArchUnitNET.Domain;
using ArchUnitNET.Loader;
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
    private const string Root = "MovieSir.Inference";

    /// <summary>From the top down. The rooms of one line stand beside each other.</summary>
    private static readonly string[][] Storeys =
    [
        ["Hosting"],
        ["Serving.Recommend", "Serving.Rank", "Serving.Search", "Serving.Similar", "Serving.Embed"],
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
    ];

    // One room as seen from outside.
    private static readonly string[] WithFoldersOfItsOwn = ["Encoding"];

    private static readonly ArchUnitNET.Domain.Architecture Inference = new ArchLoader().LoadAssembly(typeof(CatalogSnapshot).Assembly).Build();

    private static readonly Dictionary<string, int> StoreyOf =
        Storeys.SelectMany((rooms, storey) => rooms.Select(room => (room, storey))).ToDictionary(pair => pair.room, pair => pair.storey);

    [Fact]
    public void Every_namespace_is_a_room()
    {
        var found = OwnTypes().Select(RoomOf).Distinct().Order(StringComparer.Ordinal).ToArray();
        Assert.Equal(StoreyOf.Keys.Order(StringComparer.Ordinal), found);
    }

    [Fact]
    public void A_room_uses_only_rooms_of_lower_storeys()
    {
        var uses =
            from type in OwnTypes()
            from target in type.Dependencies.Select(dependency => dependency.Target).Distinct()
            where IsOwn(target)
            let room = RoomOf(type)
            let used = RoomOf(target)
            where room != used && StoreyOf[room] >= StoreyOf[used]
            select $"{type.FullName} uses {target.FullName}: {room} does not stand above {used}.";
        var forbidden = uses.Distinct().Order(StringComparer.Ordinal).ToArray();
        Assert.True(forbidden.Length == 0, string.Join(Environment.NewLine, forbidden));
    }

    [Fact]
    public void What_serves_never_needs_what_trains() =>
        Types().That().ResideInNamespaceMatching(@"^MovieSir\.Inference\.Serving")
            .Should().NotDependOnAny(Types().That().ResideInNamespaceMatching(@"^MovieSir\.Inference\.Offline"))
            .Because("a serving process must not change with the commands that feed it")
            .Check(Inference);

    private static IEnumerable<IType> OwnTypes() => Inference.Types.Where(IsOwn);

    // A type parameter has the namespace of any type that has one of the same name, or none.
    private static bool IsOwn(IType type) =>
        type is not GenericParameter && type.Namespace?.FullName.StartsWith(Root + ".", StringComparison.Ordinal) == true;

    private static string RoomOf(IType type)
    {
        var room = type.Namespace.FullName[(Root.Length + 1)..];
        return WithFoldersOfItsOwn.FirstOrDefault(own => room.StartsWith(own + ".", StringComparison.Ordinal)) ?? room;
    }
}
