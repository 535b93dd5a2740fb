using System.Text.Json;
using Microsoft.Playwright;

namespace MovieSir.Bench.Pages;

/// <summary>One load of a page.</summary>
/// <param name="FirstPaintMs">First contentful paint, since the navigation began.</param>
/// <param name="LargestPaintMs">Largest contentful paint, since the navigation began.</param>
/// <param name="Shift">Cumulative layout shift: the sum of all shifts without a person's doing.</param>
/// <param name="BlockingMs">Total blocking time: what tasks after the first paint took beyond 50 ms each.</param>
/// <param name="Bytes">What came over the network.</param>
internal sealed record PageLoad(double FirstPaintMs, double LargestPaintMs, double Shift, double BlockingMs, double Bytes);

/// <summary>Chromium whose processor is slowed down, as Lighthouse does it; a phone's window.</summary>
internal sealed class SlowChromium(IPlaywright playwright, IBrowser browser, double slowdown) : IAsyncDisposable
{
    private const int QuietMs = 2000;

    private const string Observe = """
        window.figures = { largest: 0, shift: 0, tasks: [] };
        const observe = (type, take) => new PerformanceObserver(list => list.getEntries().forEach(take)).observe({ type, buffered: true });
        observe('largest-contentful-paint', entry => { figures.largest = entry.startTime; });
        observe('layout-shift', entry => { if (!entry.hadRecentInput) figures.shift += entry.value; });
        observe('longtask', entry => figures.tasks.push([entry.startTime, entry.duration]));
        """;

    private const string Read = """
        () => {
          const first = performance.getEntriesByName('first-contentful-paint')[0].startTime
          return {
            first, largest: figures.largest, shift: figures.shift,
            blocking: figures.tasks.filter(task => task[0] > first).reduce((sum, task) => sum + Math.max(0, task[1] - 50), 0),
            bytes: [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
              .reduce((sum, entry) => sum + entry.transferSize, 0),
          }
        }
        """;

    public static async Task<SlowChromium> StartAsync(string program, double slowdown)
    {
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = program, ChromiumSandbox = false, Args = ["--disable-gpu"] });
        return new SlowChromium(playwright, browser, slowdown);
    }

    /// <summary>Loads a page with an empty cache, and waits until nothing more comes.</summary>
    public async Task<PageLoad> LoadAsync(Uri address)
    {
        await using var context = await browser.NewContextAsync(new()
        {
            ViewportSize = new() { Width = 390, Height = 844 },
            DeviceScaleFactor = 2,
            IsMobile = true,
            HasTouch = true,
            Locale = "ko-KR",
            ServiceWorkers = ServiceWorkerPolicy.Block,
        });
        var page = await context.NewPageAsync();
        await page.AddInitScriptAsync(Observe);
        var session = await context.NewCDPSessionAsync(page);
        await session.SendAsync("Emulation.setCPUThrottlingRate", new() { ["rate"] = slowdown });
        await page.GotoAsync(address.AbsoluteUri, new() { WaitUntil = WaitUntilState.NetworkIdle });
        await page.WaitForTimeoutAsync(QuietMs);
        var figures = await page.EvaluateAsync<JsonElement>(Read);
        double Of(string name) => figures.GetProperty(name).GetDouble();
        return new PageLoad(Of("first"), Of("largest"), Of("shift"), Of("blocking"), Of("bytes"));
    }

    public async ValueTask DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
    }
}
