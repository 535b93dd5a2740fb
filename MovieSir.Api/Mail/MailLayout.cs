using System.Globalization;
using System.Net;
using System.Text;
using MovieSir.Data.Accounts;

namespace MovieSir.Api.Mail;

/// <summary>Lays out a mail as HTML and as text, of the same words.</summary>
internal static class MailLayout
{
    /// <param name="language">Its language.</param>
    /// <param name="subject">Also its heading.</param>
    /// <param name="before">Paragraphs before what matters.</param>
    /// <param name="code">A code to type, shown large.</param>
    /// <param name="link">A link to follow, and what it is called.</param>
    /// <param name="after">Paragraphs after it.</param>
    public static MailText Write(
        Language language, string subject, string[] before, string? code = null, (string Name, string Url)? link = null, params string[] after)
    {
        var footer = language is Language.Ko
            ? "무비서에서 보낸 메일이에요. 이 주소로 답장하셔도 받아 볼 수 없어요."
            : "Sent by MovieSir. Replies to this address are not read.";
        return new MailText(
            subject, WriteText(subject, before, code, link, after, footer), WriteHtml(language, subject, before, code, link, after, footer));
    }

    private static string WriteText(
        string subject, string[] before, string? code, (string Name, string Url)? link, string[] after, string footer)
    {
        var text = new StringBuilder().Append(subject).Append("\n\n").AppendJoin("\n\n", before).Append("\n\n");
        if (code is not null)
        {
            text.Append("    ").Append(code).Append("\n\n");
        }

        if (link is { } target)
        {
            text.Append(target.Name).Append(":\n").Append(target.Url).Append("\n\n");
        }

        return text.AppendJoin("\n\n", after).Append("\n\n-- \n").Append(footer).Append('\n').ToString();
    }

    // Styles stand at the elements: many mail programs drop style sheets. Dark mode is left to the program, which inverts these colors well.
    private static string WriteHtml(
        Language language, string subject, string[] before, string? code, (string Name, string Url)? link, string[] after, string footer)
    {
        var html = new StringBuilder();
        html.Append(CultureInfo.InvariantCulture,
            $"""
            <!doctype html>
            <html lang="{(language is Language.Ko ? "ko" : "en")}">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">
            <title>{Encode(subject)}</title></head>
            <body style="margin:0;padding:24px;font-family:'Apple SD Gothic Neo','Malgun Gothic',sans-serif;line-height:1.6">
            <div style="max-width:480px;margin:0 auto">
            <p style="font-weight:700;color:#5b5bd6;margin:0 0 24px">MovieSir</p>
            <h1 style="font-size:20px;margin:0 0 16px">{Encode(subject)}</h1>

            """);
        Append(before);
        if (code is not null)
        {
            html.Append(CultureInfo.InvariantCulture, $"""
                <p style="font-size:32px;font-weight:700;letter-spacing:8px;margin:24px 0;font-family:monospace">{Encode(code)}</p>

                """);
        }

        if (link is { } target)
        {
            html.Append(CultureInfo.InvariantCulture, $"""
                <p style="margin:24px 0"><a href="{Encode(target.Url)}"
                style="display:inline-block;padding:12px 20px;border-radius:8px;background:#5b5bd6;color:#ffffff;text-decoration:none"
                >{Encode(target.Name)}</a></p>

                """);
        }

        Append(after);
        html.Append(CultureInfo.InvariantCulture, $"""
            <p style="margin:32px 0 0;font-size:12px;color:#767676">{Encode(footer)}</p>
            </div></body></html>

            """);
        return html.ToString();

        void Append(string[] paragraphs)
        {
            foreach (var paragraph in paragraphs)
            {
                html.Append(CultureInfo.InvariantCulture, $"<p>{Encode(paragraph)}</p>\n");
            }
        }
    }

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
