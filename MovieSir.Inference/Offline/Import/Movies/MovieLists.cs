using System.Text.Json;
using System.Text.RegularExpressions;
using MovieSir.Inference.Offline.Import.Reading;

namespace MovieSir.Inference.Offline.Import.Movies;

/// <summary>
/// The genres, keywords and availability of a movie. A list that is empty says that the movie has none. A list of which nothing can be read says
/// nothing.
/// </summary>
internal static partial class MovieLists
{
    private const int MaxNameChars = 200;
    private const int MaxGenres = 50;
    private const int MaxKeywords = 200;
    private const int MaxAvailability = 5_000;
    private static readonly string[] Terms = ["flatrate", "free", "ads", "rent", "buy"];

    /// <summary>
    /// Genres: objects with id and name, ids, or names, in <c>genres</c> or TMDB's <c>genre_ids</c>. Null where the movie does not say.
    /// </summary>
    public static GenreRecord[]? Genres(JsonFields movie, Action<string> correct)
    {
        var genres = Genres(movie, "genres", correct);
        return genres is { Length: > 0 } ? genres : Genres(movie, "genre_ids", correct) ?? genres;
    }

    /// <summary>Keywords: TMDB's object, or a list of objects or names. Null where the movie does not say.</summary>
    public static string[]? Keywords(JsonFields movie, Action<string> correct)
    {
        // An empty list in place of the object is what some languages write for an object without fields.
        var items = movie.KindOf("keywords") is JsonValueKind.Array or JsonValueKind.String && movie.Items("keywords") is { Count: > 0 } list
            ? list
            : movie.Object("keywords")?.Items("keywords");
        if (items is null)
        {
            return null;
        }

        var names = items
            .Select(NameOf)
            .OfType<string>()
            .Where(name => name.Length <= MaxNameChars)
            .Distinct(StringComparer.Ordinal)
            .ToArray();
        return names.Length == 0 && items.Count > 0 ? null : Limited(names, MaxKeywords, "keywords", correct);
    }

    /// <summary>Where the movie streams, by region and terms. Null where the movie does not say.</summary>
    public static AvailabilityRecord[]? Availability(JsonFields movie, Action<string> correct)
    {
        var isWhole = true;
        if (movie.Telling(LeaveOut).Object("watch/providers")?.Object("results") is not { } results)
        {
            return null;
        }

        var availability = new List<AvailabilityRecord>();
        foreach (var (region, offers) in results.Objects())
        {
            if (!RegionPattern.IsMatch(region))
            {
                LeaveOut("a region that is not a two-letter country code: left out");
                continue;
            }

            foreach (var terms in Terms)
            {
                foreach (var offer in offers.Items(terms) ?? [])
                {
                    if (Provider(offer) is (var id, var name))
                    {
                        availability.Add(new AvailabilityRecord(id, name, region, terms));
                    }
                    else
                    {
                        LeaveOut("a provider without id or name: left out");
                    }
                }
            }
        }

        var distinct = availability.DistinctBy(offer => (offer.ProviderId, offer.Region, offer.Terms)).ToArray();
        return distinct.Length == 0 && !isWhole ? null : Limited(distinct, MaxAvailability, "watch/providers", correct);

        void LeaveOut(string reason)
        {
            isWhole = false;
            correct(reason);
        }
    }

    private static GenreRecord[]? Genres(JsonFields movie, string field, Action<string> correct)
    {
        if (movie.Items(field) is not { } items)
        {
            return null;
        }

        var genres = new List<GenreRecord>(items.Count);
        foreach (var item in items)
        {
            if (Genre(item) is { } genre)
            {
                genres.Add(genre);
            }
            else
            {
                correct($"{field}: a genre without an id, and without a name that TMDB has: left out");
            }
        }

        var distinct = genres.DistinctBy(genre => genre.GenreId).ToArray();
        return distinct.Length == 0 && items.Count > 0 ? null : Limited(distinct, MaxGenres, field, correct);
    }

    private static GenreRecord? Genre(JsonElement item)
    {
        var name = NameOf(item);
        if (IdOf(item, "id") is { } id)
        {
            var given = item.ValueKind == JsonValueKind.Object && name is { Length: <= MaxNameChars } ? name : null;
            return new GenreRecord(id, given ?? GenreNames.NameOf(id));
        }

        return name is null ? null : GenreNames.Find(name);
    }

    private static (int Id, string Name)? Provider(JsonElement item) =>
        item.ValueKind == JsonValueKind.Object && IdOf(item, "provider_id") is { } id
        && Text.Clean(Silent(item).String("provider_name")) is { Length: <= MaxNameChars } name
            ? (id, name)
            : null;

    /// <summary>The id of an object, or the number or text that stands for it.</summary>
    private static int? IdOf(JsonElement item, string field)
    {
        var number = item.ValueKind switch
        {
            JsonValueKind.Object => Silent(item).Number(field),
            JsonValueKind.Number => item.GetDouble(),
            _ => JsonFields.TextOf(item) is { } text ? JsonFields.ParseNumber(text) : null,
        };
        return number is { } id && MovieReader.IsId(id) ? (int)id : null;
    }

    private static string? NameOf(JsonElement item) =>
        Text.Clean(item.ValueKind == JsonValueKind.Object ? Silent(item).String("name") : JsonFields.TextOf(item));

    // What is wrong with an item is told once, for the whole item.
    private static JsonFields Silent(JsonElement item) => new(item, "", static _ => { });

    private static T[] Limited<T>(T[] items, int max, string field, Action<string> correct)
    {
        if (items.Length <= max)
        {
            return items;
        }

        correct($"more than {max} {field}: the others are left out");
        return items[..max];
    }

    [GeneratedRegex("^[A-Z]{2}$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex RegionPattern { get; }
}
