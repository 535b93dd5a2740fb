using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using MovieSir.Data.Names;
using MovieSir.Inference.Catalog;
using MovieSir.Inference.Engine.Ranking;
using MovieSir.Inference.Hosting;
using MovieSir.Inference.Serving.Search;

namespace MovieSir.Bench.Search;

/// <summary>How well and how fast the service in this process finds movies of the catalog: by name, and by meaning.</summary>
internal static class SearchCommand
{
    private const int Wanted = 20;

    private static readonly CandidateFilter Everything = new(0, null, AllowAdult: true);

    private static readonly Option<string> Judged = new("--judged")
    {
        Description = "Queries by meaning and what answers them.",
        DefaultValueFactory = _ => Path.Combine("bench", "Search", "judged-queries.tsv"),
    };

    private static readonly Option<int> Titles = new("--titles")
    {
        Description = "Movies that are looked for by name: those with the most votes.",
        DefaultValueFactory = _ => 1000,
    };

    private static readonly Option<int> Worst = new("--worst") { Description = "Prints so many of the worst queries." };

    public static Command Create()
    {
        var command = new Command("search", "Search by name and by meaning over ConnectionStrings__moviesir: what is found, and how fast.")
        {
            Judged, Titles, Worst,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var app = ServeCommand.Build(["--urls=http://127.0.0.1:0"]);
        await app.StartAsync(cancellationToken);
        var catalog = app.Services.GetRequiredService<ServedCatalog>();
        while (catalog.Current is null)
        {
            await Task.Delay(100, cancellationToken);
        }

        var run = new SearchRun(app.Services.GetRequiredService<MovieSearch>(), catalog.Snapshot);
        var withoutGlosses = new SearchRun(
            ActivatorUtilities.CreateInstance<MovieSearch>(app.Services, new KoreanGlosses(TextReader.Null)), catalog.Snapshot);
        await NamesAsync(run, parsed.GetValue(Titles), cancellationToken);
        var queries = JudgedQuery.Read(parsed.GetRequiredValue(Judged));
        Console.WriteLine($"| {queries.Length} queries by meaning, nDCG@10 | meaning alone | words alone | fused |");
        Console.WriteLine("|---|---|---|---|");
        await MeaningAsync(run, "English", queries, query => query.English, parsed.GetValue(Worst), cancellationToken);
        await MeaningAsync(run, "Korean", queries, query => query.Korean, parsed.GetValue(Worst), cancellationToken);
        await MeaningAsync(withoutGlosses, "Korean, without the glosses", queries, query => query.Korean, 0, cancellationToken);
        Console.WriteLine();
        await TimesAsync(run, queries, cancellationToken);
        await app.StopAsync(cancellationToken);
        return 0;
    }

    private static async Task NamesAsync(SearchRun run, int count, CancellationToken cancellationToken)
    {
        var snapshot = run.Snapshot;
        int[] rows = [.. Enumerable.Range(0, snapshot.Count).OrderByDescending(row => snapshot.VoteCounts[row]).Take(count)];
        var english = rows.Select(row => (Row: new Row(row), Title: snapshot.Movies[row].TitleEn))
            .Where(movie => movie.Title.Any(char.IsAsciiLetter)).ToList();
        var korean = rows.Where(row => snapshot.Movies[row].TitleKo is not null)
            .Select(row => (Row: new Row(row), Title: snapshot.Movies[row].TitleKo!)).ToList();
        Console.WriteLine($"| {snapshot.Count:N0} movies, query | movies | first | among 3 |");
        Console.WriteLine("|---|---|---|---|");
        foreach (var (language, movies) in new[] { ("English", english), ("Korean", korean) })
        {
            await ReportAsync(run, $"{language} title", movies, title => title, cancellationToken);
            await ReportAsync(run, $"{language}, without spaces", movies, WithoutSpaces, cancellationToken);
            await ReportAsync(run, $"{language}, full width", movies, Wide, cancellationToken);
            await ReportAsync(run, $"{language}, a letter missing", movies, WithoutOneLetter, cancellationToken);
        }

        await ReportAsync(run, "English, upper case", english, title => title.ToUpperInvariant(), cancellationToken);
        await ReportAsync(run, "English, lower case", english, title => title.ToLowerInvariant(), cancellationToken);
        Console.WriteLine();
    }

    // A movie with the same title is as good an answer.
    private static async Task ReportAsync(
        SearchRun run, string name, List<(Row Row, string Title)> movies, Func<string, string> change, CancellationToken cancellationToken)
    {
        var (first, among, asked) = (0, 0, 0);
        foreach (var (row, title) in movies)
        {
            var query = change(title);
            if (query == title && name.Contains(',', StringComparison.Ordinal) && !name.EndsWith("case", StringComparison.Ordinal))
            {
                continue;
            }

            var (fused, _) = await run.FindAsync(query, cancellationToken);
            var place = Array.FindIndex(fused, found => found == row || IsNamedAlike(run.Snapshot, found, title));
            asked++;
            first += place == 0 ? 1 : 0;
            among += place is >= 0 and < 3 ? 1 : 0;
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"| {name} | {asked:N0} | {(double)first / asked:P1} | {(double)among / asked:P1} |"));
    }

    private static bool IsNamedAlike(CatalogSnapshot snapshot, Row row, string title)
    {
        ref readonly var movie = ref snapshot.Movies[row.Index];
        var letters = NameLetters.Of(title);
        return new[] { movie.TitleEn, movie.TitleKo, movie.OriginalTitle }.Any(other => other is not null && NameLetters.Of(other) == letters);
    }

    private static string Wide(string title) =>
        string.Concat(title.Select(letter => letter is > ' ' and < '\u007F' ? (char)(letter + 0xFEE0) : letter));

    private static string WithoutSpaces(string title) => title.Replace(" ", "", StringComparison.Ordinal);

    private static string WithoutOneLetter(string title) => title.Length < 5 ? title : title.Remove(title.Length / 2, 1);

    private static async Task MeaningAsync(
        SearchRun run, string name, JudgedQuery[] queries, Func<JudgedQuery, string> text, int worst, CancellationToken cancellationToken)
    {
        var (meaning, words, fused) = (new double[queries.Length], new double[queries.Length], new double[queries.Length]);
        var found = new int[queries.Length][];
        for (var i = 0; i < queries.Length; i++)
        {
            var (order, lists) = await run.FindAsync(text(queries[i]), cancellationToken);
            found[i] = run.Ids(order);
            meaning[i] = queries[i].Gain(run.Ids(lists.Meaning));
            words[i] = queries[i].Gain(run.Ids(lists.Words));
            fused[i] = queries[i].Gain(found[i]);
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"| {name} | {meaning.Average():F3} | {words.Average():F3} | {fused.Average():F3} |"));
        foreach (var i in Enumerable.Range(0, queries.Length).OrderBy(i => fused[i]).Take(worst))
        {
            Console.WriteLine($"  {fused[i]:F2} {text(queries[i])}: {string.Join(", ", found[i].Take(10).Select(id => Name(run, queries[i], id)))}");
        }
    }

    private static string Name(SearchRun run, JudgedQuery query, int movieId) =>
        $"{run.Snapshot.Movies[run.Snapshot.RowOf[movieId]].TitleEn} ({movieId}{(query.Grades.ContainsKey(movieId) ? "*" : "")})";

    private static async Task TimesAsync(SearchRun run, JudgedQuery[] queries, CancellationToken cancellationToken)
    {
        string[] texts =
        [
            .. queries.Select(query => query.English), .. queries.Select(query => query.Korean),
            .. Enumerable.Range(0, 100).Select(i => run.Snapshot.Movies[i * 31 % run.Snapshot.Count].Title),
        ];
        var times = new List<double>();
        for (var round = 0; round < 3; round++)
        {
            times.Clear();
            foreach (var text in texts)
            {
                var started = Stopwatch.GetTimestamp();
                await run.FindAsync(text, cancellationToken);
                times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }
        }

        times.Sort();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{texts.Length} searches, one at a time: p50 {times[times.Count / 2]:F1} ms, p95 {times[times.Count * 95 / 100]:F1} ms, "
            + $"p99 {times[times.Count * 99 / 100]:F1} ms"));
    }

    private sealed class SearchRun(MovieSearch search, CatalogSnapshot snapshot)
    {
        public CatalogSnapshot Snapshot => snapshot;

        public int[] Ids(IEnumerable<Row> rows) => [.. rows.Select(row => snapshot.MovieIds[row.Index])];

        public async Task<(Row[] Fused, SearchLists Lists)> FindAsync(string query, CancellationToken cancellationToken)
        {
            var lists = await search.FindAsync(snapshot, query, Wanted, Everything, cancellationToken);
            return ([.. lists.Fused(snapshot, Wanted).Select(movie => movie.Row)], lists);
        }
    }
}
