using System.ComponentModel.DataAnnotations;

namespace MovieSir.MailSink;

/// <summary>Where mails are taken, and how many are kept.</summary>
internal sealed class MailSinkOptions
{
    public const string Section = "MailSink";

    /// <summary>The port of SMTP, on the loopback address.</summary>
    [Range(1, 65_535)]
    public int SmtpPort { get; set; } = 1025;

    /// <summary>How many mails are kept. The oldest give way.</summary>
    [Range(1, 10_000)]
    public int Kept { get; set; } = 500;

    /// <summary>The largest mail, in bytes.</summary>
    [Range(1024, 10 * 1024 * 1024)]
    public int MaxMailBytes { get; set; } = 512 * 1024;
}
