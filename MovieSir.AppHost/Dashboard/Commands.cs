using System.Diagnostics;

namespace MovieSir.AppHost.Dashboard;

#pragma warning disable ASPIREPROCESSCOMMAND001, ASPIREINTERACTION001 // commands that run a process and ask for values are experimental

/// <summary>What a developer does to a running system from the dashboard.</summary>
internal static class Commands
{
    private const int OutputLines = 200;
    private static readonly string[] Plans = ["FREE", "BASIC", "PRO", "ENTERPRISE"];

    public static IResourceBuilder<ProjectResource> WithKeyCommand(
        this IResourceBuilder<ProjectResource> api, Programs programs) => api.WithProcessCommand(
        "create-key",
        "Create an API key",
        context => programs.ApiAsync(
            context.CancellationToken,
            "keys", "create",
            "--company", context.Arguments.GetString("company")!,
            "--plan", context.Arguments.GetString("plan")!,
            "--name", "dashboard"),
        new ProcessCommandOptions
        {
            Description = "Makes a key for the partner API. It is shown once.",
            IconName = "Key",
            IsHighlighted = true,
            Arguments =
            [
                new InteractionInput { Name = "company", Label = "Company", InputType = InputType.Text, Value = "Development", Required = true },
                new InteractionInput
                {
                    Name = "plan", Label = "Plan", InputType = InputType.Choice, Value = "PRO", Required = true,
                    Options = [.. Plans.Select(plan => KeyValuePair.Create(plan, plan))],
                },
            ],
        });

    public static IResourceBuilder<ProjectResource> WithCatalogCommands(this IResourceBuilder<ProjectResource> catalog, Programs programs) => catalog
        .WithProcessCommand(
            "import",
            "Import a file",
            context => programs.InferenceAsync(context.CancellationToken, "import", context.Arguments.GetString("path")!),
            Options(
                "Imports movies or ratings. Embed and train afterwards.", "ArrowImport",
                new InteractionInput
                {
                    Name = "path",
                    Label = "File or folder",
                    InputType = InputType.Text,
                    Required = true,
                    Description = "On this machine: movies as JSON lines (.jsonl, .jsonl.gz), or a MovieLens folder or archive as published.",
                }))
        .WithProcessCommand(
            "embed", "Embed", context => programs.InferenceAsync(context.CancellationToken, "embed"),
            Options("Computes the embeddings of new and changed movies.", "TextT"))
        .WithProcessCommand(
            "train", "Train", context => programs.InferenceAsync(context.CancellationToken, "train"),
            Options("Trains a model on the ratings, and publishes it where it is good enough.", "HatGraduation"))
        .WithProcessCommand(
            "publish-model",
            "Publish a model",
            context => programs.InferenceAsync(context.CancellationToken, "models", "publish", context.Arguments.GetString("model")!),
            Options(
                "Serves a stored model version.", "BoxArrowUp",
                new InteractionInput
                {
                    Name = "model",
                    Label = "Model",
                    InputType = InputType.Choice,
                    Required = true,
                    DynamicLoading = new InputLoadOptions
                    {
                        AlwaysLoadOnStart = true,
                        LoadCallback = async context => context.Input.Options =
                            [.. (await ModelsAsync(programs, context.CancellationToken))
                                .Select(model => KeyValuePair.Create(model.Name, model.Line))],
                    },
                }))
        .WithProcessCommand(
            "previous-model",
            "Go back to the model before",
            async context => await programs.InferenceAsync(
                context.CancellationToken, "models", "publish", Previous(await ModelsAsync(programs, context.CancellationToken))),
            Options("Serves the newest model version that is older than the published one.", "ArrowUndo"));

    private static ProcessCommandOptions Options(string description, string icon, params InteractionInput[] arguments) => new()
    {
        Description = description,
        IconName = icon,
        Arguments = arguments,
        MaxOutputLineCount = OutputLines,
    };

    private static string Previous(IReadOnlyList<StoredModel> newestFirst) =>
        newestFirst.SkipWhile(model => !model.IsPublished).Skip(1).FirstOrDefault()?.Name
            ?? throw new InvalidOperationException("There is no model version before the published one.");

    /// <summary>What <c>models list</c> prints, newest first.</summary>
    private static async Task<List<StoredModel>> ModelsAsync(Programs programs, CancellationToken cancellationToken)
    {
        var spec = await programs.InferenceAsync(cancellationToken, "models", "list");
        var start = new ProcessStartInfo(spec.ExecutablePath, spec.Arguments) { RedirectStandardOutput = true };
        foreach (var (name, value) in spec.EnvironmentVariables)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(StoredModel.Of)];
    }

    private sealed record StoredModel(string Name, bool IsPublished, string Line)
    {
        public static StoredModel Of(string line) => new(line[1..].Trim().Split(' ')[0], line[0] == '*', line.Trim());
    }
}
