using MovieSir.Tests.Infrastructure;

namespace MovieSir.Tests.Architecture;

/// <summary>
/// docs/settings.md lists every setting as the options classes have it. With <c>MOVIESIR_WRITE_DOCS=1</c> this test writes the page.
/// </summary>
public sealed class SettingsPageTests
{
    private static readonly string Page = Path.Combine(RepositoryPaths.Root, "docs", "settings.md");

    [Fact]
    public async Task The_page_lists_every_setting_as_it_is()
    {
        var page = SettingsPage.Write();
        if (Environment.GetEnvironmentVariable("MOVIESIR_WRITE_DOCS") == "1")
        {
            await File.WriteAllTextAsync(Page, page, TestContext.Current.CancellationToken);
        }

        var committed = File.Exists(Page) ? await File.ReadAllTextAsync(Page, TestContext.Current.CancellationToken) : "";
        Assert.True(
            page == committed,
            "docs/settings.md differs from the options. Write it anew: run this test with MOVIESIR_WRITE_DOCS=1 in the environment.");
    }

    [Fact]
    public void Every_options_class_names_its_section_or_is_no_configuration() => Assert.Equal(
        ["DatabaseOptions", "ImportCommandOptions", "ModelCommandOptions"],
        SettingsPage.OptionsClasses().Where(type => SettingsPage.SectionOf(type) is null).Select(type => type.Name).Order(StringComparer.Ordinal));
}
