using ArchUnitNET.Domain;
using ArchUnitNET.Loader;

namespace MovieSir.Tests.Architecture;

/// <summary>The rooms of one project in their storeys. A room may use the rooms of lower storeys, and none beside or above it.</summary>
internal sealed class Storeys
{
    private readonly string _root;
    private readonly string[] _withFoldersOfTheirOwn;
    private readonly Dictionary<string, int> _storeyOf;

    /// <param name="assembly">The project. Its name is the namespace that its rooms stand in.</param>
    /// <param name="storeys">From the top down. The rooms of one line stand beside each other.</param>
    /// <param name="withFoldersOfTheirOwn">Rooms whose folders count as one room, as seen from outside.</param>
    public Storeys(System.Reflection.Assembly assembly, string[][] storeys, params string[] withFoldersOfTheirOwn)
    {
        _root = assembly.GetName().Name + ".";
        _withFoldersOfTheirOwn = withFoldersOfTheirOwn;
        _storeyOf = storeys.SelectMany((rooms, storey) => rooms.Select(room => (room, storey))).ToDictionary(pair => pair.room, pair => pair.storey);
        Types = new ArchLoader().LoadAssembly(assembly).Build();
    }

    /// <summary>The types of the project, and what they depend on.</summary>
    public ArchUnitNET.Domain.Architecture Types { get; }

    public void AssertThatEveryNamespaceIsARoom()
    {
        var found = OwnTypes().Select(RoomOf).Distinct().Order(StringComparer.Ordinal).ToArray();
        Assert.Equal(_storeyOf.Keys.Order(StringComparer.Ordinal), found);
    }

    public void AssertThatRoomsUseOnlyLowerStoreys()
    {
        var uses =
            from type in OwnTypes()
            from target in type.Dependencies.Select(dependency => dependency.Target).Distinct()
            where IsOwn(target)
            let room = RoomOf(type)
            let used = RoomOf(target)
            where room != used && _storeyOf[room] >= _storeyOf[used]
            select $"{type.FullName} uses {target.FullName}: {room} does not stand above {used}.";
        var forbidden = uses.Distinct().Order(StringComparer.Ordinal).ToArray();
        Assert.True(forbidden.Length == 0, string.Join(Environment.NewLine, forbidden));
    }

    private IEnumerable<IType> OwnTypes() => Types.Types.Where(IsOwn);

    // A type parameter has the namespace of any type that has one of the same name, or none.
    private bool IsOwn(IType type) => type is not GenericParameter && type.Namespace?.FullName.StartsWith(_root, StringComparison.Ordinal) == true;

    private string RoomOf(IType type)
    {
        var room = type.Namespace.FullName[_root.Length..];
        return _withFoldersOfTheirOwn.FirstOrDefault(own => room.StartsWith(own + ".", StringComparison.Ordinal)) ?? room;
    }
}
