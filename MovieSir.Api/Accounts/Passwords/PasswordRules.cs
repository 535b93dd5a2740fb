namespace MovieSir.Api.Accounts.Passwords;

/// <summary>What a password must be, in one place.</summary>
internal static class PasswordRules
{
    public const int Shortest = 8;
    public const int Longest = 128;

    // The most common ones that have a letter, a digit and eight characters (others fail before). Compared without case.
    private static readonly HashSet<string> Common = new(StringComparer.OrdinalIgnoreCase)
    {
        "password1", "password12", "password123", "password1234", "passw0rd", "p4ssw0rd", "p4ssword", "pass1234",
            "pass12345", "1q2w3e4r", "1q2w3e4r5t",
        "1q2w3e4r5t6y", "q1w2e3r4", "q1w2e3r4t5", "qwer1234", "qwert123", "qwerty12", "qwerty123", "qwerty1234", "1234qwer",
            "12345qwert", "123qweasd",
        "123qwe123", "qwe123qwe", "asdf1234", "asdfasdf1", "1234asdf", "zxcv1234", "1qaz2wsx", "1qaz2wsx3edc", "1qazxsw2", "2wsx3edc", "zaq12wsx",
        "abcd1234", "abc12345", "abc123456", "abcdef12", "abcdefg1", "a1234567", "a12345678", "a123456789", "aa123456", "aa12345678", "aaa12345",
        "1234567a", "12345678a", "123456789a", "1234abcd", "123abc456", "a1b2c3d4", "a1s2d3f4", "admin123", "admin1234", "administrator1", "welcome1",
        "welcome12", "welcome123", "welcome1234", "letmein1", "letmein123", "iloveyou1", "iloveyou2", "iloveyou12", "sunshine1", "princess1",
        "football1", "baseball1", "superman1", "batman123", "dragon123", "monkey123", "master123", "michael1", "charlie1", "jordan23", "liverpool1",
        "chelsea1", "pokemon1", "starwars1", "trustno1", "changeme1", "changeme123", "secret123", "test1234", "test12345", "testtest1", "temp1234",
        "guest1234", "user1234", "login123", "hello123", "hello1234", "korea123", "korea1234", "seoul123", "seoul1234", "moviesir1", "moviesir123",
        "movie1234", "rkskek123", "dkssud123", "dlrjsdn1", "tkfkd123", "tkfkdgo1", "tlqkf123", "wjdgml12", "dkagh123", "qlalfqjsgh1", "love1234",
        "loveyou1", "happy123", "happy1234", "computer1", "internet1", "samsung1", "samsung123", "galaxy123", "google123", "naver123", "naver1234",
        "kakao123", "kakao1234", "daum1234", "windows10", "windows11", "apple123", "apple1234", "summer2024", "summer2025", "winter2024",
            "winter2025",
        "spring2025", "autumn2025", "january1", "december1", "monday123", "friday123", "michelle1", "jennifer1", "jessica1", "ashley123", "daniel123",
        "andrew123", "joshua123", "matthew1", "anthony1", "william1", "thomas123", "robert123", "nicole123", "hannah123", "killer123", "shadow123",
        "ninja1234", "mustang1", "yankees1", "cowboys1", "lakers24", "steelers1", "eagles123", "rangers1", "arsenal1", "barcelona1", "realmadrid1",
        "juventus1", "manchester1", "flower123", "cookie123", "cheese123", "banana123", "orange123", "pepper123", "ginger123", "butterfly1",
        "whatever1", "freedom1", "forever1", "babygirl1", "blink182", "pass1word", "pa55word", "pa55w0rd", "1password", "12password", "123password",
    };

    /// <summary>What is wrong with a password, for a person; null where nothing is.</summary>
    /// <param name="password">The password.</param>
    /// <param name="email">The account's e-mail, where it is known.</param>
    /// <param name="name">The account's name, where it is known.</param>
    public static string? ProblemOf(string password, string? email = null, string? name = null)
    {
        if (password.Length is < Shortest or > Longest)
        {
            return $"must have {Shortest} to {Longest} characters.";
        }

        if (!password.Any(char.IsLetter) || !password.Any(char.IsDigit))
        {
            return "must have a letter and a digit.";
        }

        if (Is(email) || Is(email?.Split('@')[0]) || Is(name))
        {
            return "must not be the e-mail or the name.";
        }

        return Common.Contains(password) ? "is one of the most common passwords: choose another." : null;

        bool Is(string? text) => text is { Length: > 0 } && password.Equals(text, StringComparison.OrdinalIgnoreCase);
    }
}
