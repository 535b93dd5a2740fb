namespace MovieSir.Api.Accounts.Devices;

/// <summary>Browser and system in words, of what a browser says of itself. For its owner's eyes: it proves nothing.</summary>
internal static class DeviceName
{
    private static readonly (string Mark, string Name)[] Browsers =
        [("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Whale", "Whale"), ("Firefox", "Firefox"), ("FxiOS", "Firefox"),
            ("CriOS", "Chrome"), ("Chrome", "Chrome"), ("Safari", "Safari")];

    private static readonly (string Mark, string Name)[] Systems =
        [("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("CrOS", "ChromeOS"), ("Mac OS X", "macOS"),
            ("Linux", "Linux")];

    public static string Of(string? userAgent)
    {
        var browser = Find(Browsers, userAgent);
        var system = Find(Systems, userAgent);
        return (browser, system) switch
        {
            (null, null) => "?",
            (null, _) => system,
            (_, null) => browser,
            _ => $"{browser}, {system}",
        };
    }

    private static string? Find((string Mark, string Name)[] known, string? userAgent) =>
        known.FirstOrDefault(pair => userAgent?.Contains(pair.Mark, StringComparison.Ordinal) == true).Name;
}
