using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace MovieSir.MailSink;

/// <summary>Shows mails to a developer. What a mail says is text here; its HTML is shown in a frame that runs nothing.</summary>
internal static partial class MailPages
{
    private const string Style = """
        :root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif }
        body { max-width: 60rem; margin: 0 auto; padding: 1.5rem }
        h1 { font-size: 1.4rem } table { width: 100%; border-collapse: collapse }
        th, td { padding: .5rem .75rem; text-align: left; border-bottom: 1px solid color-mix(in srgb, currentColor 20%, transparent) }
        pre { white-space: pre-wrap; overflow-wrap: anywhere; padding: 1rem; border: 1px solid color-mix(in srgb, currentColor 20%, transparent) }
        iframe { width: 100%; height: 32rem; border: 1px solid color-mix(in srgb, currentColor 20%, transparent); background: #fff }
        dl { display: grid; grid-template-columns: auto 1fr; gap: .25rem 1rem } dt { opacity: .75 } dd { margin: 0 }
        """;

    public static string List(IReadOnlyList<Mail> mails)
    {
        var rows = new StringBuilder();
        foreach (var mail in mails)
        {
            rows.Append(CultureInfo.InvariantCulture, $"""
                <tr><td>{mail.ReceivedAt:yyyy-MM-dd HH:mm:ss}</td><td>{Encode(string.Join(", ", mail.To))}</td>
                <td><a href="/mails/{mail.Id}">{Encode(mail.Subject.Length > 0 ? mail.Subject : "(no subject)")}</a></td></tr>

                """);
        }

        return Page("Mails", $"""
            <p>What the services of this run send. Nothing leaves this machine.</p>
            {(mails.Count == 0 ? "<p>No mail yet. Reload the page after something was sent.</p>" : $"""
            <table><thead><tr><th>Time (UTC)</th><th>To</th><th>Subject</th></tr></thead><tbody>
            {rows}</tbody></table>
            """)}
            """);
    }

    public static string One(Mail mail) => Page(mail.Subject, $"""
        <p><a href="/">All mails</a></p>
        <dl><dt>From</dt><dd>{Encode(mail.From)}</dd><dt>To</dt><dd>{Encode(string.Join(", ", mail.To))}</dd>
        <dt>Time (UTC)</dt><dd>{mail.ReceivedAt.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)}</dd></dl>
        <h2>Text</h2>
        <pre>{Link().Replace(Encode(mail.Text), link => $"<a href=\"{link.Value}\" rel=\"noreferrer\">{link.Value}</a>")}</pre>
        {(mail.Html is null ? "" : $"""<h2>HTML</h2><iframe sandbox title="The mail's HTML" src="/mails/{mail.Id}/html"></iframe>""")}
        """);

    private static string Page(string title, string body) => $"""
        <!doctype html>
        <html lang="en">
        <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{Encode(title)}</title><style>{Style}</style></head>
        <body><h1>{Encode(title)}</h1>
        {body}
        </body></html>

        """;

    private static string Encode(string text) => WebUtility.HtmlEncode(text);

    // In a text that is encoded already.
    [GeneratedRegex(@"https?://[^\s<>""]+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Link();
}
