using System.Diagnostics;
using Microsoft.Playwright;
using MovieSir.Tests.Infrastructure;

namespace MovieSir.Tests.Browser;

/// <summary>Chromium, started when the first test asks. Where this machine cannot have one, tests are skipped and say why.</summary>
public sealed class TestBrowser : IAsyncLifetime
{
    private const int Unavailable = 3;

    private readonly Lazy<Task<IBrowser>> _chromium;
    private IPlaywright? _playwright;

    public TestBrowser() => _chromium = new(StartAsync);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_chromium is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
        {
            await (await _chromium.Value).DisposeAsync();
        }

        _playwright?.Dispose();
    }

    /// <summary>A person's browser, with cookies and storage of its own, at an address.</summary>
    internal async Task<Visit> VisitAsync(Uri app, BrowserNewContextOptions? options = null, Uri? leaves = null)
    {
        options ??= new();
        options.BaseURL = app.AbsoluteUri;
        options.Locale ??= "ko-KR";
        options.TimezoneId ??= "Asia/Seoul";
        options.ReducedMotion ??= ReducedMotion.Reduce; // tests look at what is there in the end
        var context = await (await _chromium.Value).NewContextAsync(options);
        context.SetDefaultTimeout((float)Visit.Patience.TotalMilliseconds);
        return new Visit(context, await context.NewPageAsync(), app) { Leaves = leaves };
    }

    private async Task<IBrowser> StartAsync()
    {
        var start = new ProcessStartInfo(Path.Combine(RepositoryPaths.Root, "MovieSir.Tests", "Browser", "install-chromium"))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["MOVIESIR_HOME"] = RepositoryPaths.Home;
        using var script = Process.Start(start)!;
        var said = script.StandardError.ReadToEndAsync();
        var program = (await script.StandardOutput.ReadToEndAsync()).Trim();
        await script.WaitForExitAsync();
        Assert.SkipWhen(script.ExitCode == Unavailable, $"There is no Chromium here. {await said}");
        Assert.True(script.ExitCode == 0, await said);

        _playwright = await Playwright.CreateAsync();
        Assertions.SetDefaultExpectTimeout((float)Visit.Patience.TotalMilliseconds);
        // Root has no sandbox for Chromium.
        return await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = program, ChromiumSandbox = false, Args = ["--disable-gpu"] });
    }
}
