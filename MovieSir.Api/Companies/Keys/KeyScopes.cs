using MovieSir.Data.B2b;

namespace MovieSir.Api.Companies.Keys;

/// <summary>Scopes of a key as they are stored.</summary>
internal static class KeyScopes
{
    public static readonly IReadOnlyList<ApiKeyScope> All = Enum.GetValues<ApiKeyScope>();

    /// <param name="stored">Null: all.</param>
    public static IReadOnlyList<ApiKeyScope> Read(string[]? stored) =>
        stored is null ? All : [.. stored.Select(name => Enum.Parse<ApiKeyScope>(name)).Order()];

    /// <param name="scopes">Null: all.</param>
    public static string[]? Write(IEnumerable<ApiKeyScope>? scopes) => scopes?.Distinct().Order().Select(scope => scope.ToString()).ToArray();
}
