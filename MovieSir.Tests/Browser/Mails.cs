using System.Text.Json;
using System.Text.RegularExpressions;
using MovieSir.Tests.AppHost;

namespace MovieSir.Tests.Browser;

/// <summary>The mails of the running system, as its sink gives them to tests.</summary>
internal sealed partial class Mails(RunningSystem system)
{
    /// <summary>The code of somebody's last mail that has one.</summary>
    public async Task<string> CodeAsync(string recipient) => (await FindAsync(recipient, Code())).Value;

    /// <summary>The path and fragment of the link in somebody's last mail that leads to a page.</summary>
    public async Task<string> LinkAsync(string recipient, string page)
    {
        var link = await FindAsync(recipient, new Regex(
            $@"{Regex.Escape(system.App.GetLeftPart(UriPartial.Authority))}(?<path>{page}#token=\S+)",
            RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)));
        return link.Groups["path"].Value;
    }

    private async Task<Match> FindAsync(string recipient, Regex wanted)
    {
        using var limit = new CancellationTokenSource(Visit.Patience);
        while (true)
        {
            var json = await system.Http.GetStringAsync(
                new Uri(system.AddressOf("mail"), $"/api/mails?to={Uri.EscapeDataString(recipient)}"), limit.Token);
            using var mails = JsonDocument.Parse(json);
            if (mails.RootElement.EnumerateArray().Select(mail => wanted.Match(mail.GetProperty("text").GetString()!))
                .FirstOrDefault(match => match.Success) is { } found)
            {
                return found;
            }

            await Task.Delay(100, limit.Token);
        }
    }

    [GeneratedRegex(@"\b\d{6}\b")]
    private static partial Regex Code();
}
