using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using MovieSir.Data.B2b;

namespace MovieSir.Api.Companies.Keys;

/// <summary>
/// <c>keys create | list | revoke</c>. What a program reads goes to standard output, what a person reads beside it to standard error.
/// </summary>
internal static class KeyCommands
{
    public static Command Create(TimeProvider clock) =>
        new("keys", "Make, list and revoke API keys.") { CreateCommand(clock), ListCommand(clock), RevokeCommand() };

    private static Command CreateCommand(TimeProvider clock)
    {
        var company = new Option<string>("--company")
        {
            Description = "The company's name. It is added where it is new.",
            Required = true,
            CustomParser = ParseName,
        };
        var plan = new Option<Plan?>("--plan")
        {
            Description = "FREE, BASIC, PRO or ENTERPRISE: the plan of a new company.",
            Required = true,
            CustomParser = ParsePlan,
        };
        var name = new Option<string>("--name")
        {
            Description = "A name for the key.",
            DefaultValueFactory = _ => "default",
            CustomParser = ParseName,
        };
        var dailyLimit = new Option<int?>("--daily-limit")
        {
            Description = "Calls a day of this key. Beyond the plan's it is given to the company too.",
            CustomParser = ParseLimit,
        };
        var burst = new Option<int?>("--burst") { Description = "Calls a second of this key, likewise.", CustomParser = ParseLimit };
        var expires = new Option<DateTimeOffset?>("--expires")
        {
            Description = "When the key ends: 2027-01-31 or 2027-01-31T09:00:00+09:00 (UTC where no offset is given).",
            CustomParser = result => ParseMoment(result, clock.GetUtcNow()),
        };
        var json = JsonOption();

        var command = new Command("create", "Make a key. It is shown once, here, and cannot be shown again.")
        {
            company, plan, name, dailyLimit, burst, expires, json,
        };
        command.SetAction((parsed, cancellationToken) => KeyCommandHost.RunAsync(
            async manager =>
            {
                var (key, text) = await manager.CreateAsync(
                    new NewApiKey(
                        parsed.GetRequiredValue(company), parsed.GetRequiredValue(plan)!.Value, parsed.GetRequiredValue(name),
                        parsed.GetValue(dailyLimit), parsed.GetValue(burst), parsed.GetValue(expires)),
                    cancellationToken);
                await (parsed.GetValue(json) ? KeyOutput.WriteCreatedJsonAsync(key, text) : System.Console.Out.WriteLineAsync(text));
                await System.Console.Error.WriteLineAsync(
                    $"Key {key.ApiKeyId} ({key.Plan.ToString().ToUpperInvariant()}) of {key.Company}. It is shown this once and only its SHA-256 is "
                    + "kept: store it now.");
            },
            cancellationToken));
        return command;
    }

    private static Command ListCommand(TimeProvider clock)
    {
        var company = new Option<string?>("--company") { Description = "Only this company's keys." };
        var json = JsonOption();
        var command = new Command("list", "List keys, newest first: what is known of them, which the keys themselves are not.") { company, json };
        command.SetAction((parsed, cancellationToken) => KeyCommandHost.RunAsync(
            async manager =>
            {
                var keys = await manager.ListAsync(parsed.GetValue(company), cancellationToken);
                await (parsed.GetValue(json) ? KeyOutput.WriteJsonAsync(keys) : KeyOutput.WriteTableAsync(keys, clock.GetUtcNow()));
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
                await System.Console.Error.WriteLineAsync(await manager.RevokeAsync(keyId, cancellationToken)
                    ? $"Key {keyId} is revoked."
                    : throw new KeyCommandException($"There is no key {keyId} that could be revoked: see `keys list`."));
            },
            cancellationToken));
        return command;
    }

    private static Option<bool> JsonOption() => new("--json") { Description = "Print JSON." };

    private static string? ParseName(ArgumentResult result) => Parse<string>(
        result,
        text => text.Trim() is { Length: > 0 and <= ApiKeyManager.NameLength } name && KeyOutput.Printable(name) == name ? name : null,
        $"must have 1 to {ApiKeyManager.NameLength} characters, and none that controls a terminal");

    private static Plan? ParsePlan(ArgumentResult result) => Parse<Plan?>(
        result, text => Enum.GetNames<Plan>().Contains(text, StringComparer.OrdinalIgnoreCase) ? Enum.Parse<Plan>(text, ignoreCase: true) : null,
        "must be FREE, BASIC, PRO or ENTERPRISE");

    private static int? ParseLimit(ArgumentResult result) => Parse<int?>(
        result,
        text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var calls) && calls > 0 ? calls : null,
        "must be a number, 1 or more");

    private static DateTimeOffset? ParseMoment(ArgumentResult result, DateTimeOffset now) => Parse<DateTimeOffset?>(
        result,
        text => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) && moment > now
            ? moment.ToUniversalTime()
            : null,
        "must be a moment to come, as 2027-01-31 or 2027-01-31T09:00:00+09:00");

    private static T? Parse<T>(ArgumentResult result, Func<string, T?> parse, string rule)
    {
        var text = result.Tokens[^1].Value;
        var value = parse(text);
        if (value is null)
        {
            result.AddError($"{((OptionResult)result.Parent!).Option.Name} {rule}; it is '{KeyOutput.Printable(text)}'.");
        }

        return value;
    }
}
