using ArchUnitNET.Domain;
using ArchUnitNET.Loader;
using MovieSir.Api.Engine;

namespace MovieSir.Tests.Architecture;

/// <summary>
/// The rooms of MovieSir.Api stand in storeys. A room may use the rooms of lower storeys, and none beside or above it: so no rooms form a cycle, and
/// what surfaces share knows no surface.
/// </summary>
public sealed class ApiStoreysTests
{
    private const string Root = "MovieSir.Api";

    /// <summary>From the top down. The rooms of one line stand beside each other.</summary>
    private static readonly string[][] Storeys =
    [
        ["Hosting"],
        ["Partner"],
        ["Partner.Recommend", "Partner.Search", "Partner.Movies", "Partner.Feedback", "Partner.Usage", "Partner.Health", "Partner.Documentation"],
        ["Partner.Calls"],
        ["Companies"],
        ["Companies.Quota"],
        ["Companies.Keys", "Companies.Accounting"],
        ["Companies.ContentRules"],
        ["Movies", "Engine"],
        ["Dependencies", "Http"],
    ];

    private static readonly ArchUnitNET.Domain.Architecture Api = new ArchLoader().LoadAssembly(typeof(EngineClient).Assembly).Build();

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

    private static IEnumerable<IType> OwnTypes() => Api.Types.Where(IsOwn);

    // A type parameter belongs to whoever declares it.
    private static bool IsOwn(IType type) => type is not GenericParameter && type.Namespace?.FullName.StartsWith(Root + ".", StringComparison.Ordinal) == true;

    private static string RoomOf(IType type) => type.Namespace.FullName[(Root.Length + 1)..];
}
