using System.ComponentModel.DataAnnotations;

namespace MovieSir.Api.Console.People;

/// <summary>The companies' console.</summary>
internal sealed class ConsoleOptions
{
    public const string Section = "Console";

    /// <summary>Where people open the console: links of mails begin with it.</summary>
    [Required, Url]
    public string AppAddress { get; set; } = "http://console.localhost:8080";

    /// <summary>The address without a slash at its end.</summary>
    public string App => AppAddress.TrimEnd('/');
}
