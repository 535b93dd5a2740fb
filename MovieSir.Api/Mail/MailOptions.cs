using System.ComponentModel.DataAnnotations;

namespace MovieSir.Api.Mail;

/// <summary>The SMTP server that takes mails, and how they are retried.</summary>
internal sealed class MailOptions
{
    public const string Section = "Mail";

    /// <summary>Name or address of the SMTP server.</summary>
    [Required]
    public string Host { get; set; } = "localhost";

    /// <summary>Its port.</summary>
    [Range(1, 65_535)]
    public int Port { get; set; } = 25;

    /// <summary>The user to log in as. Empty: without a login. With one, the connection must be encrypted.</summary>
    public string User { get; set; } = "";

    /// <summary>The user's password.</summary>
    public string Password { get; set; } = "";

    /// <summary>The address that mails come from.</summary>
    [Required, EmailAddress]
    public string Sender { get; set; } = "no-reply@moviesir.localhost";

    /// <summary>How long one step with the server may take.</summary>
    [Range(100, 120_000)]
    public int TimeoutMilliseconds { get; set; } = 10_000;

    /// <summary>How often the outbox is looked at where nothing has said that there is a mail.</summary>
    [Range(1, 600)]
    public int PollSeconds { get; set; } = 5;

    /// <summary>How long a sender that took a mail holds it. One that dies gives it back after this time.</summary>
    [Range(5, 600)]
    public int HoldSeconds { get; set; } = 60;

    /// <summary>The longest wait between two attempts.</summary>
    [Range(1, 3600)]
    public int LongestRetrySeconds { get; set; } = 300;
}
