namespace MovieSir.Api.Mail;

internal static class MailExtensions
{
    /// <summary>The outbox and its sender.</summary>
    public static void AddMail(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<MailOptions>().BindConfiguration(MailOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<Outbox>();
        builder.Services.AddSingleton<OutboxStore>();
        builder.Services.AddHostedService<MailSender>();
    }
}
