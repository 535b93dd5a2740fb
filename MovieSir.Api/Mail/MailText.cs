namespace MovieSir.Api.Mail;

/// <summary>A mail as it is read.</summary>
/// <param name="Subject">Holds no secret: it shows on locked screens.</param>
/// <param name="Text">For programs that show text alone.</param>
/// <param name="Html">For the others.</param>
internal sealed record MailText(string Subject, string Text, string Html);
