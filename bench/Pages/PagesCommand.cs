using System.CommandLine;
using System.Diagnostics;
using System.Globalization;

namespace MovieSir.Bench.Pages;

/// <summary>How pages load in Chromium on a slow processor.</summary>
internal static class PagesCommand
{
    public static Command Create()
    {
        var pages = new Argument<string[]>("pages") { Description = "Addresses, as ./moviesir up prints them.", Arity = ArgumentArity.OneOrMore };
        var slowdown = new Option<double>("--slowdown")
        {
            Description = "How many times slower the processor is made.",
            DefaultValueFactory = _ => 4,
        };
        var loads = new Option<int>("--loads") { Description = "Loads of each page, each with an empty cache.", DefaultValueFactory = _ => 7 };
        var command = new Command("pages", "How pages load in Chromium: first and largest paint, shifts, blocking time.") { pages, slowdown, loads };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var chromium = await SlowChromium.StartAsync(await FindChromiumAsync(cancellationToken), parsed.GetValue(slowdown));
            Console.WriteLine("| page | first paint, ms | largest paint, ms | shift | blocking, ms | kB |");
            Console.WriteLine("|---|---|---|---|---|---|");
            foreach (var page in parsed.GetRequiredValue(pages).Select(address => new Uri(address)))
            {
                var figures = new List<PageLoad>();
                for (var load = 0; load < parsed.GetValue(loads); load++)
                {
                    figures.Add(await chromium.LoadAsync(page));
                }

                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {page.Host.Split('.')[0]} {page.AbsolutePath} | {Text(figures, load => load.FirstPaintMs, "F0")} "
                    + $"| {Text(figures, load => load.LargestPaintMs, "F0")} | {Text(figures, load => load.Shift, "F3")} "
                    + $"| {Text(figures, load => load.BlockingMs, "F0")} | {Text(figures, load => load.Bytes / 1000, "F0")} |"));
            }
        });
        return command;
    }

    /// <summary>Median, and the least and the greatest in brackets.</summary>
    private static string Text(IEnumerable<PageLoad> loads, Func<PageLoad, double> figure, string format)
    {
        var sorted = loads.Select(figure).Order().ToArray();
        string Number(double value) => value.ToString(format, CultureInfo.InvariantCulture);
        return $"{Number(sorted[sorted.Length / 2])} ({Number(sorted[0])}–{Number(sorted[^1])})";
    }

    private static async Task<string> FindChromiumAsync(CancellationToken cancellationToken)
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "MovieSir.sln")))
        {
            root = root.Parent;
        }

        var script = Path.Combine(root?.FullName ?? ".", "MovieSir.Tests", "Browser", "install-chromium");
        using var find = Process.Start(new ProcessStartInfo(script) { RedirectStandardOutput = true })!;
        var path = await find.StandardOutput.ReadToEndAsync(cancellationToken);
        await find.WaitForExitAsync(cancellationToken);
        return find.ExitCode == 0 ? path.Trim() : throw new InvalidOperationException("There is no Chromium here: see above.");
    }
}
