using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace MovieSir.Tests.Browser;

/// <summary>What holds for every page of every site.</summary>
internal static class PageFindings
{
    /// <summary>axe finds nothing, and nothing is wider than the window.</summary>
    public static async Task AssertNoneAsync(IPage page, string where)
    {
        var findings = (await page.RunAxe()).Violations
            .Select(violation => $"{where}: {violation.Id}: {string.Join(" | ", violation.Nodes.Select(node => node.Html))}")
            .ToList();
        Assert.True(findings.Count == 0, string.Join('\n', findings));
        Assert.True(
            await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), $"{where} is wider than the window.");
    }

    /// <summary>Bytes of what the page has loaded, as they came over the wire: compressed.</summary>
    public static Task<int> BytesAsync(IPage page, string ending) => page.EvaluateAsync<int>(
        "ending => performance.getEntriesByType('resource').filter(entry => entry.name.endsWith(ending))"
            + ".reduce((sum, entry) => sum + entry.encodedBodySize, 0)",
        ending);
}
