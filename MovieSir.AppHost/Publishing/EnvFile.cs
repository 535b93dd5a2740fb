using Aspire.Hosting.Docker;

namespace MovieSir.AppHost.Publishing;

/// <summary>Says in a published <c>.env</c> what each variable is.</summary>
internal static class EnvFile
{
    private static readonly Dictionary<string, string> Descriptions = new()
    {
        ["API_IMAGE"] = "Image of MovieSir.Api with its tag or digest",
        ["INFERENCE_IMAGE"] = "Image of MovieSir.Inference with its tag or digest; it also runs the catalog job",
        ["APP_ADDRESS"] = "Where people open the travellers' app, for example https://demo.moviesir.cloud",
        ["CONSOLE_ADDRESS"] = "Where companies open the console, for example https://console.moviesir.cloud",
        ["GITHUB_CLIENT_ID"] = "Id that GitHub gave the console, for signing in by GitHub; may be left empty",
        ["GITHUB_CLIENT_SECRET"] = "Secret of GITHUB_CLIENT_ID; may be left empty",
        ["GOOGLE_CLIENT_ID"] = "Id that Google gave the console, for signing in by Google; may be left empty",
        ["GOOGLE_CLIENT_SECRET"] = "Secret of GOOGLE_CLIENT_ID; may be left empty",
        ["GPU_NODE_ADDRESS"] = "Private IP address of the GPU node: where its ports are bound, and where the app node finds them",
        ["MAIL_SENDER"] = "The address that mails come from, for example no-reply@moviesir.cloud",
        ["MOVIESIR_DOMAIN"] = "The domain under which the sites are served, for example moviesir.cloud",
        ["POSTGRES_API_PASSWORD"] = "Password of PostgreSQL's role moviesir_api, the same on both nodes: letters and digits, at least 32",
        ["POSTGRES_INFERENCE_PASSWORD"] = "Password of PostgreSQL's role moviesir_inference: letters and digits, at least 32",
        ["POSTGRES_PASSWORD"] =
            "Password of PostgreSQL's role postgres, which owns the database; it stays on the database's machine: letters and digits, at least 32",
        ["REDIS_PASSWORD"] = "Password of Redis: letters and digits, at least 32",
        ["SMTP_HOST"] = "Name of the SMTP server that mails are sent through",
        ["SMTP_PASSWORD"] = "Password of SMTP_USER",
        ["SMTP_PORT"] = "Port of the SMTP server: 587, or 465 for TLS from the first byte",
        ["SMTP_USER"] = "The user to log in to the SMTP server as; the connection is then encrypted, or no mail is sent",
        ["TRAVELLER_API_KEY"] = "Secret that the travellers' app's own API key is derived from: letters and digits, at least 32",
    };

    public static void Describe(IDictionary<string, CapturedEnvironmentVariable> variables)
    {
        variables.Remove("CATALOG_IMAGE"); // the job runs INFERENCE_IMAGE
        if (variables.ContainsKey("CONSOLE_ADDRESS"))
        {
            foreach (var name in ComposeServices.OptionalVariables)
            {
                variables[name] = new CapturedEnvironmentVariable { Name = name };
            }
        }

        foreach (var (name, variable) in variables)
        {
            variable.Description = Descriptions.GetValueOrDefault(name)
                ?? throw new InvalidOperationException($"The published .env would not say what {name} is: describe it in {nameof(EnvFile)}.");
        }
    }
}
