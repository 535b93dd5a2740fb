using MovieSir.Data.B2b;

namespace MovieSir.Api.Console.ContentRules;

/// <summary>A rule that is not saved yet.</summary>
internal sealed record RuleText(ContentRuleKind Kind, string Value);

/// <summary>Rules that many companies want.</summary>
internal sealed record RulePreset(string Preset, IReadOnlyList<RuleText> Rules);

internal static class RulePresets
{
    /// <summary>What nobody wants to see in a cabin: accidents and hijackings of airplanes.</summary>
    private static readonly string[] AirlineCabin =
    [
        "plane crash", "airplane crash", "air crash", "airplane accident", "aviation accident", "air disaster", "plane hijacking",
        "airplane hijacking", "hijacked plane", "hijacking of airplane", "skyjacking", "crash landing", "비행기 추락", "항공기 추락", "여객기 추락", "비행기 사고",
        "항공기 사고", "비행기 납치", "항공기 납치", "여객기 납치", "하이재킹", "불시착",
    ];

    public static IReadOnlyList<RulePreset> All { get; } =
        [new("airline_cabin", [.. AirlineCabin.Select(text => new RuleText(ContentRuleKind.Keyword, text))])];
}
