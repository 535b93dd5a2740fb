using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using MovieSir.Api.Engine;
using MovieSir.Inference.Catalog;
using MovieSir.ServiceDefaults;

namespace MovieSir.Tests.Architecture;

/// <summary>Writes docs/settings.md: sections, names, defaults and bounds by reflection, descriptions from the XML documentation.</summary>
internal static partial class SettingsPage
{
    private static readonly (string Title, Assembly Assembly)[] Parts =
    [
        ("Both services", typeof(AvailabilityOptions).Assembly),
        ("MovieSir.Api", typeof(EngineClient).Assembly),
        ("MovieSir.Inference", typeof(CatalogSnapshot).Assembly),
    ];

    private static readonly string[] Units = ["Milliseconds", "Seconds", "Minutes", "Hours", "Days", "Megabytes", "Bytes", "Percent"];

    private static readonly Dictionary<string, string> Documentation = Parts
        .SelectMany(part => XDocument.Load(Path.ChangeExtension(part.Assembly.Location, ".xml")).Descendants("member"))
        .Where(member => member.Element("summary") is not null
            && member.Attribute("name")!.Value[1..].StartsWith(":MovieSir.", StringComparison.Ordinal))
        .ToDictionary(member => member.Attribute("name")!.Value, member => TextOf(member.Element("summary")!));

    public static IEnumerable<Type> OptionsClasses() => Parts.SelectMany(part => OptionsClasses(part.Assembly));

    public static string? SectionOf(Type options) => options.GetField("Section")?.GetRawConstantValue() as string;

    public static string Write()
    {
        var page = new StringBuilder("""
            # Settings

            Every setting of the two services, written from their options classes: `SettingsPageTests` writes this page anew where the environment has
            `MOVIESIR_WRITE_DOCS=1`. `Keys:CacheSeconds` is given as the environment variable `Keys__CacheSeconds`, in `appsettings.json` or as
            `--Keys:CacheSeconds=1`; a list as `Edge__AllowedOrigins__0` and so on. A service checks its settings as it starts. Connection strings
            and ports are in the README.


            """);
        foreach (var (title, assembly) in Parts)
        {
            page.Append(CultureInfo.InvariantCulture, $"## {title}\n\n");
            foreach (var options in OptionsClasses(assembly).Where(type => SectionOf(type) is not null).OrderBy(SectionOf, StringComparer.Ordinal))
            {
                page.Append(CultureInfo.InvariantCulture, $"### {SectionOf(options)}\n\n");
                if (Documentation.TryGetValue($"T:{options.FullName}", out var summary))
                {
                    page.Append(summary).Append("\n\n");
                }

                page.Append("| Setting | Default | Unit | Bounds | What |\n|---|---|---|---|---|\n");
                AppendRows(page, SectionOf(options)!, Activator.CreateInstance(options)!);
                page.Append('\n');
            }
        }

        return page.ToString().TrimEnd('\n') + "\n";
    }

    private static IEnumerable<Type> OptionsClasses(Assembly assembly) =>
        assembly.GetTypes().Where(type => type is { IsClass: true, IsNested: false } && type.Name.EndsWith("Options", StringComparison.Ordinal));

    private static void AppendRows(StringBuilder page, string prefix, object options)
    {
        foreach (var property in options.GetType().GetProperties().Where(property => property.SetMethod?.IsPublic == true))
        {
            var value = property.GetValue(options);
            var name = $"{prefix}:{property.Name}";
            if (value is not (null or string or IEnumerable) && value.GetType() is { IsClass: true } type
                && type.Assembly == options.GetType().Assembly)
            {
                AppendRows(page, name, value);
                continue;
            }

            page.Append(
                CultureInfo.InvariantCulture,
                $"| `{name}` | {Shown(value)} | {UnitOf(property)} | {BoundsOf(property)} | {WhatIs(property)} |\n");
        }
    }

    private static string Shown(object? value) => value switch
    {
        null or "" => "–",
        IEnumerable list and not string => list.Cast<object>().ToList() is { Count: > 0 } items ? string.Join(", ", items.Select(Shown)) : "none",
        bool flag => flag ? "true" : "false",
        int or long => string.Create(CultureInfo.InvariantCulture, $"{value:#,0}"),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string UnitOf(PropertyInfo property) =>
        Units.FirstOrDefault(unit => property.Name.EndsWith(unit, StringComparison.Ordinal)) is { } unit ? unit.ToLowerInvariant() : "";

    private static string BoundsOf(PropertyInfo property)
    {
        var bounds = new List<string>();
        if (property.GetCustomAttribute<RangeAttribute>() is { } range)
        {
            bounds.Add($"{Shown(range.Minimum)} to {Shown(range.Maximum)}");
        }

        if (property.GetCustomAttribute<RequiredAttribute>() is not null)
        {
            bounds.Add("required");
        }

        if (property.GetCustomAttribute<UrlAttribute>() is not null)
        {
            bounds.Add("a URL");
        }

        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        if (type.IsEnum)
        {
            bounds.Add(string.Join(", ", Enum.GetNames(type)));
        }

        return string.Join("; ", bounds);
    }

    private static string WhatIs(PropertyInfo property) =>
        Documentation.GetValueOrDefault($"P:{property.DeclaringType!.FullName}.{property.Name}", "").Replace("|", "\\|", StringComparison.Ordinal);

    private static string TextOf(XElement summary)
    {
        var text = string.Concat(summary.DescendantNodes().Select(node => node switch
        {
            XText { Parent: { Name.LocalName: "c" } } code => $"`{code.Value}`",
            XText plain => plain.Value,
            XElement { Name.LocalName: "see" or "paramref" } reference => $"`{NameOf(reference)}`",
            _ => "",
        }));
        return Whitespace().Replace(text, " ").Trim();
    }

    // "P:MovieSir.Api.Keys.ApiKeyOptions.CacheSeconds" as CacheSeconds.
    private static string NameOf(XElement reference) =>
        (reference.Attribute("cref") ?? reference.Attribute("name") ?? reference.Attribute("langword"))?.Value.Split('.', ':')[^1] ?? "";

    [GeneratedRegex(@"\s+")]
    private static partial Regex Whitespace();
}
