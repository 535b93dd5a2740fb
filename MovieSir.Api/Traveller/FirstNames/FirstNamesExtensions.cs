using System.Text.RegularExpressions;

namespace MovieSir.Api.Traveller.FirstNames;

/// <summary>The names that calls had in the first version. They are answered as what they are called now.</summary>
internal static partial class FirstNamesExtensions
{
    private static readonly Dictionary<string, string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["/api/v2/recommend"] = "/recommendation/recommend",
        ["/api/v2/recommend/single"] = "/recommendation/single",
        ["/auth/signup/request"] = "/registration/request",
        ["/auth/signup/verify"] = "/registration/verify",
        ["/auth/signup/confirm"] = "/registration/confirm",
        ["/mypage/satisfaction"] = "/recommendation/satisfaction",
    };

    /// <summary>Before routing.</summary>
    public static void UseFirstNames(this WebApplication app) => app.Use((context, next) =>
    {
        if (context.Request.Path.Value is { } path)
        {
            if (Names.TryGetValue(path, out var name))
            {
                context.Request.Path = name;
            }
            else if (Movie().IsMatch(path))
            {
                context.Request.Path = path["/api".Length..];
            }
        }

        return next(context);
    });

    [GeneratedRegex("^/api/movies/[0-9]{1,10}(/play)?$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex Movie();
}
