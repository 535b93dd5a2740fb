namespace MovieSir.Inference.Catalog;

/// <summary>
/// Names that people use for one genre or one streaming service. Each group is a set of equals: where the catalog knows one of them, the others
/// mean the same. Case, spaces and punctuation do not matter (see <see cref="NameIndex"/>).
/// </summary>
internal static class NameAliases
{
    public static readonly string[][] Genres =
    [
        ["Science Fiction", "Sci-Fi", "SF", "공상과학", "에스에프"],
        ["Adventure", "모험", "어드벤처", "어드벤쳐"],
        ["Animation", "애니메이션", "애니"],
        ["Documentary", "다큐멘터리", "다큐"],
        ["Family", "Children", "Children's", "Kids", "가족", "어린이"],
        ["History", "Historical", "역사", "사극"],
        ["Horror", "공포", "호러"],
        ["Music", "Musical", "음악", "뮤지컬"],
        ["Mystery", "미스터리", "미스테리", "추리"],
        ["Romance", "로맨스", "멜로"],
        ["War", "전쟁"],
        ["Western", "서부", "서부극", "웨스턴"],
        ["Crime", "범죄", "Film-Noir", "느와르"],
    ];

    public static readonly string[][] Providers =
    [
        ["Netflix", "넷플릭스"],
        ["Disney Plus", "Disney+", "디즈니 플러스", "디즈니+"],
        ["Wavve", "웨이브"],
        ["Watcha", "왓챠"],
        ["TVING", "티빙"],
        ["Coupang Play", "쿠팡플레이", "쿠팡"],
        ["Amazon Prime Video", "Prime Video", "Amazon Prime", "아마존 프라임 비디오", "프라임 비디오", "아마존 프라임"],
        ["Apple TV Plus", "Apple TV+", "애플 TV 플러스", "애플 TV+"],
        ["Hulu", "훌루"],
        ["HBO Max", "Max"],
        ["Paramount Plus", "Paramount+", "파라마운트 플러스", "파라마운트+"],
        ["YouTube", "유튜브"],
        ["Naver Store", "네이버 시리즈온", "시리즈온"],
    ];
}
