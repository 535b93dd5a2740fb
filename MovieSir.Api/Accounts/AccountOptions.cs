using System.ComponentModel.DataAnnotations;

namespace MovieSir.Api.Accounts;

/// <summary>Accounts: passwords, codes, sign-ins, and how often they may be tried.</summary>
internal sealed class AccountOptions
{
    public const string Section = "Accounts";

    /// <summary>How long a code that was mailed can be given.</summary>
    [Range(1, 60)]
    public int CodeMinutes { get; set; } = 10;

    /// <summary>How often a code may be tried before the sign-up has to begin anew.</summary>
    [Range(1, 10)]
    public int CodeTries { get; set; } = 5;

    /// <summary>After how many seconds a code may be sent again.</summary>
    [Range(1, 600)]
    public int ResendSeconds { get; set; } = 60;

    /// <summary>How long a link that was mailed works.</summary>
    [Range(5, 1440)]
    public int LinkMinutes { get; set; } = 30;

    /// <summary>For how many days a deleted account can be restored. Then it is erased.</summary>
    [Range(0, 90)]
    public int GraceDays { get; set; } = 14;

    /// <summary>Sign-ins that may fail for one e-mail from one address in a quarter of an hour.</summary>
    [Range(1, 10_000)]
    public int FailuresPerEmailAndAddress { get; set; } = 5;

    /// <summary>Sign-ins that may fail for one e-mail from all addresses together in a quarter of an hour.</summary>
    [Range(1, 10_000)]
    public int FailuresPerEmail { get; set; } = 50;

    /// <summary>Sign-ins that one address (of IPv6: one /64) may try in a quarter of an hour.</summary>
    [Range(1, 1_000_000)]
    public int SignInsPerAddress { get; set; } = 100;

    /// <summary>Mails that one e-mail may be sent in an hour.</summary>
    [Range(1, 1000)]
    public int MailsPerEmail { get; set; } = 6;

    /// <summary>Mails that one address (of IPv6: one /64) may ask for in an hour.</summary>
    [Range(1, 100_000)]
    public int MailsPerAddress { get; set; } = 30;
}
