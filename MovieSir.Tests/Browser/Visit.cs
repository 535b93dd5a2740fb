using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace MovieSir.Tests.Browser;

/// <summary>
/// One person's visit to the app. At its end no script may have failed, the content policy may have stopped nothing, and no other origin but that
/// of TMDB's images may have been asked.
/// </summary>
internal sealed class Visit : IAsyncDisposable
{
    /// <summary>How long a page may take on a machine that is busy with other tests.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private const string ImageHost = "image.tmdb.org";

    private readonly ConcurrentQueue<string> _faults = new();

    public Visit(IBrowserContext context, IPage page, Uri app)
    {
        (Context, Page) = (context, page);
        page.PageError += (_, error) => _faults.Enqueue(error);
        page.Console += (_, message) =>
        {
            // That a call was refused is told to the person, and Chromium tells of it here, too.
            if (message.Type is "error" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal))
            {
                _faults.Enqueue(message.Text);
            }
        };
        page.Request += (_, request) =>
        {
            var asked = new Uri(request.Url);
            if (asked.Scheme is "http" or "https" && asked.Authority != app.Authority && asked.Host != ImageHost
                && asked.Authority != Leaves?.Authority)
            {
                _faults.Enqueue($"It asked {asked}.");
            }
        };
    }

    public IBrowserContext Context { get; }

    public IPage Page { get; }

    /// <summary>Another service's origin, which the person is sent to.</summary>
    public Uri? Leaves { get; init; }

    /// <summary>The result's stops, one a movie.</summary>
    public ILocator Stops => Page.Locator(".stop");

    public ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public ILocator Heading => Page.GetByRole(AriaRole.Heading, new() { Level = 1 });

    public Task OpenAsync(string path) => Page.GotoAsync(path);

    /// <summary>Home, a time, and a ticket.</summary>
    public async Task DrawTicketAsync(string time)
    {
        await OpenAsync("/");
        await Page.GetByLabel("직접 입력").FillAsync(time);
        await Page.GetByLabel("직접 입력").PressAsync("Enter");
        await Button("티켓 끊기").ClickAsync();
        await Assertions.Expect(Stops.First).ToBeVisibleAsync();
    }

    /// <summary>The titles of the set, in its order.</summary>
    public Task<IReadOnlyList<string>> TitlesAsync() => Page.Locator(".stop h2").AllInnerTextsAsync();

    public async ValueTask DisposeAsync()
    {
        await Context.DisposeAsync();
        Assert.Empty(_faults);
    }
}
