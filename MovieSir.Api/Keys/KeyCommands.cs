using System.CommandLine;
using System.Globalization;
using MovieSir.Data.Partners;

namespace MovieSir.Api.Keys;

/// <summary><c>keys create | list | revoke</c>. What a program reads goes to standard output, what a person reads beside it to standard error.</summary>
internal static class KeyCommands
{
    public static Command Create() => new("keys", "Make, list and revoke API keys.") { CreateCommand(), ListCommand(), RevokeCommand() };

    private static Command CreateCommand()
    {
        var company = new Option<string>("--company") { Description = "The company's name. It is added where it is new.", Required = true };
        var plan = new Option<Plan>("--plan") { Description = "FREE, BASIC, PRO or ENTERPRISE.", Required = true };
        var name = new Option<string>("--name") { Description = "A name for the key.", DefaultValueFactory = _ => "default" };
        var dailyLimit = new Option<int?>("--daily-limit") { Description = "Calls a day, where it differs from the plan's." };
        var burst = new Option<int?>("--burst") { Description = "Calls a second, where it differs from the plan's." };
        var expires = new Option<DateTimeOffset?>("--expires")
        {
            Description = "When the key ends: 2027-01-31 or 2027-01-31T09:00:00+09:00 (UTC where no offset is given).",
            CustomParser = ParseMoment,
        };
        var json = JsonOption();
        company.Validators.Add(result => Check(result, company, text => text.Trim().Length is > 0 and <= ApiKeyManager.NameLength, $"--company must have 1 to {ApiKeyManager.NameLength} characters."));
        name.Validators.Add(result => Check(result, name, text => text.Trim().Length is > 0 and <= ApiKeyManager.NameLength, $"--name must have 1 to {ApiKeyManager.NameLength} characters."));
        plan.Validators.Add(result => Check(result, plan, Enum.IsDefined, "--plan must be FREE, BASIC, PRO or ENTERPRISE."));
        dailyLimit.Validators.Add(result => Check(result, dailyLimit, calls => calls is null or > 0, "--daily-limit must be 1 or more."));
        burst.Validators.Add(result => Check(result, burst, calls => calls is null or > 0, "--burst must be 1 or more."));
        expires.Validators.Add(result => Check(result, expires, moment => moment is null || moment > DateTimeOffset.UtcNow, "--expires has passed."));

        var command = new Command("create", "Make a key. It is shown once, here, and cannot be shown again.") { company, plan, name, dailyLimit, burst, expires, json };
        command.SetAction((parsed, cancellationToken) => KeyCommandHost.RunAsync(
            async manager =>
            {
                var (key, text) = await manager.CreateAsync(
                    new NewApiKey(
                        parsed.GetRequiredValue(company).Trim(), parsed.GetValue(plan), parsed.GetValue(name)!.Trim(),
                        parsed.GetValue(dailyLimit), parsed.GetValue(burst), parsed.GetValue(expires)),
                    cancellationToken);
                await (parsed.GetValue(json) ? KeyOutput.WriteCreatedJsonAsync(key, text) : Console.Out.WriteLineAsync(text));
                await Console.Error.WriteLineAsync(
                    $"Key {key.ApiKeyId} ({key.Plan.ToString().ToUpperInvariant()}) of {key.Company}. It is shown this once and only its SHA-256 is kept: store it now.");
            },
            cancellationToken));
        return command;
    }

    private static Command ListCommand()
    {
        var company = new Option<string?>("--company") { Description = "Only this company's keys." };
        var json = JsonOption();
        var command = new Command("list", "List keys, newest first: what is known of them, which the keys themselves are not.") { company, json };
        command.SetAction((parsed, cancellationToken) => KeyCommandHost.RunAsync(
            async manager =>
            {
                var keys = await manager.ListAsync(parsed.GetValue(company), cancellationToken);
                await (parsed.GetValue(json) ? KeyOutput.WriteJsonAsync(keys) : KeyOutput.WriteTableAsync(keys));
            },
            cancellationToken));
        return command;
    }

    private static Command RevokeCommand()
    {
        var id = new Argument<Guid>("id") { Description = "The key's id, as `keys list` shows it." };
        var command = new Command("revoke", "Revoke a key for good. Every replica refuses it within five seconds.") { id };
        command.SetAction((parsed, cancellationToken) => KeyCommandHost.RunAsync(
            async manager =>
            {
                var keyId = parsed.GetValue(id);
                await Console.Error.WriteLineAsync(await manager.RevokeAsync(keyId, cancellationToken)
                    ? $"Key {keyId} is revoked."
                    : throw new KeyCommandException($"There is no key {keyId} that could be revoked: see `keys list`."));
            },
            cancellationToken));
        return command;
    }

    private static Option<bool> JsonOption() => new("--json") { Description = "Print JSON." };

    private static void Check<T>(System.CommandLine.Parsing.OptionResult result, Option<T> option, Func<T, bool> holds, string message)
    {
        if (result.Tokens.Count > 0 && !holds(result.GetValue(option)!))
        {
            result.AddError(message);
        }
    }

    private static DateTimeOffset? ParseMoment(System.CommandLine.Parsing.ArgumentResult result)
    {
        if (DateTimeOffset.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment))
        {
            return moment.ToUniversalTime();
        }

        result.AddError($"--expires: '{result.Tokens[0].Value}' is no date. Write 2027-01-31 or 2027-01-31T09:00:00+09:00.");
        return null;
    }
}
