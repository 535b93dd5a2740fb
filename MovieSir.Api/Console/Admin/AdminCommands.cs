using System.CommandLine;
using Microsoft.Extensions.Options;
using MovieSir.Api.Accounts;
using MovieSir.Api.Accounts.Passwords;
using MovieSir.Api.Companies.Audit;
using MovieSir.Api.Companies.Keys;
using MovieSir.Api.Console.People;
using MovieSir.Api.Mail;

namespace MovieSir.Api.Console.Admin;

/// <summary><c>admins create</c>: makes an account that looks after the service, or lets one do so.</summary>
internal static class AdminCommands
{
    public static Command Create() => new("admins", "Make administrators of the service.") { CreateCommand() };

    private static Command CreateCommand()
    {
        var email = new Option<string>("--email") { Description = "Whose account it is.", Required = true };
        var fromInput = new Option<bool>("--password-stdin")
        {
            Description = "Read the password from standard input; without this a link is printed.",
        };
        var command = new Command("create", "Make an administrator. An account that is there becomes one, and keeps its password.")
        {
            email, fromInput,
        };
        command.SetAction((parsed, cancellationToken) => KeyCommandHost.RunAsync(
            AddServices,
            async services =>
            {
                var address = EmailAddress.Read(parsed.GetRequiredValue(email))
                    ?? throw new KeyCommandException($"'{KeyOutput.Printable(parsed.GetRequiredValue(email))}' is no e-mail address.");
                var hash = parsed.GetValue(fromInput) ? await ReadPasswordAsync(services, address, cancellationToken) : null;
                var made = await services.GetRequiredService<Administrators>().EnsureAsync(address, hash, cancellationToken);
                await System.Console.Error.WriteLineAsync(made.IsNew
                    ? $"{address.Text} is an administrator now."
                    : $"{address.Text} had an account, which is an administrator now and keeps its password.");
                if (made.IsNew && hash is null)
                {
                    var app = services.GetRequiredService<IOptions<ConsoleOptions>>().Value.App;
                    var token = await services.GetRequiredService<Links>().CreateResetAsync(made.AccountId, cancellationToken);
                    var minutes = services.GetRequiredService<IOptions<AccountOptions>>().Value.LinkMinutes;
                    await System.Console.Out.WriteLineAsync($"{app}/reset#token={token}");
                    await System.Console.Error.WriteLineAsync($"The link sets the password, once, within {minutes} minutes.");
                }
            },
            cancellationToken));
        return command;
    }

    private static void AddServices(IServiceCollection services)
    {
        services.AddOptions<AccountOptions>().BindConfiguration(AccountOptions.Section).ValidateDataAnnotations();
        services.AddOptions<PasswordOptions>().BindConfiguration(PasswordOptions.Section).ValidateDataAnnotations();
        services.AddOptions<ConsoleOptions>().BindConfiguration(ConsoleOptions.Section).ValidateDataAnnotations();
        services.AddSingleton<PasswordHasher>();
        services.AddSingleton<Outbox>();
        services.AddSingleton<Links>();
        services.AddSingleton<AuditTrail>();
        services.AddSingleton<Administrators>();
    }

    private static async Task<string> ReadPasswordAsync(IServiceProvider services, EmailAddress email, CancellationToken cancellationToken)
    {
        var password = await System.Console.In.ReadLineAsync(cancellationToken) ?? "";
        if (PasswordRules.ProblemOf(password, email.Text) is { } weak)
        {
            throw new KeyCommandException($"The password {weak}");
        }

        return await services.GetRequiredService<PasswordHasher>().HashAsync(password, cancellationToken)
            ?? throw new KeyCommandException("The password could not be hashed: too much else runs here. Try again.");
    }
}
