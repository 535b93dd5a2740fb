using MovieSir.Data.Names;
using MovieSir.Inference.Offline.Import.Reading;

namespace MovieSir.Inference.Offline.Import.Movies;

/// <summary>What streaming services are called in Korea. TMDB gives their names in Latin letters whatever the language asked for.</summary>
internal static class KoreanProviderNames
{
    private static readonly Dictionary<string, string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Amazon Prime Video"] = "아마존 프라임 비디오",
        ["Apple TV"] = "애플 TV",
        ["Apple TV Plus"] = "애플 TV+",
        ["Apple TV+"] = "애플 TV+",
        ["Coupang Play"] = "쿠팡플레이",
        ["Disney Plus"] = "디즈니+",
        ["Disney+"] = "디즈니+",
        ["Google Play Movies"] = "구글 플레이 무비",
        ["Naver Store"] = "네이버 시리즈온",
        ["Netflix"] = "넷플릭스",
        ["TVING"] = "티빙",
        ["Watcha"] = "왓챠",
        ["wavve"] = "웨이브",
        ["YouTube"] = "유튜브",
    };

    /// <summary>The Korean name; null where it is not known. A name in Hangul is one itself.</summary>
    public static string? Of(string name) => Names.GetValueOrDefault(FoldedText.Of(name)) ?? (Text.HasHangul(name) ? name : null);
}
