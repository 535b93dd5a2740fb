using System.Text.RegularExpressions;

namespace MovieSir.ServiceDefaults.Http;

internal static partial class ValidationMessages
{
    /// <summary>
    /// "The field AvailableTime must be between 1 and 1440." as "must be between 1 and 1440.": the field stands beside it in JSON's name.
    /// </summary>
    public static string WithoutMemberName(string message) => MemberName().Replace(message, "");

    [GeneratedRegex(@"^The (field \w+|\w+ field) ", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex MemberName();
}
