using MovieSir.Data.Accounts;
using MovieSir.Data.B2b;
using MovieSir.Data.Sql;
using Npgsql;

namespace MovieSir.Api.Console.ContentRules;

/// <summary>Rules with what the catalog knows of them.</summary>
internal sealed class RuleStore(NpgsqlDataSource dataSource)
{
    private static readonly SqlStatement List = new("""
        SELECT content_rule_id, kind, value, CASE WHEN $2 THEN coalesce(title_ko, title) ELSE title END, created_at
        FROM b2b.content_rules LEFT JOIN catalog.movies ON movie_id = CASE WHEN kind = 'Id' AND value ~ '^[0-9]{1,9}$' THEN value::integer END
        WHERE company_id = $1 ORDER BY created_at DESC, kind, value
        """, "uuid", "boolean");

    private static readonly SqlStatement KnownIds = new("SELECT movie_id FROM catalog.movies WHERE movie_id = ANY ($1)", "integer[]");

    private static readonly SqlStatement Genres = new("SELECT name_en, name_ko FROM catalog.genres");

    /// <summary>A company's rules, the newest first.</summary>
    public async Task<IReadOnlyList<RuleAnswer>> ListAsync(Guid companyId, Language language, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(List, [companyId, language is Language.Ko]);
        return await command.ReadAllAsync(
            reader => new RuleAnswer(
                reader.GetGuid(0), Enum.Parse<ContentRuleKind>(reader.GetString(1)), reader.GetString(2), reader.GetNullable<string>(3),
                reader.GetFieldValue<DateTimeOffset>(4)),
            cancellationToken);
    }

    /// <summary>Those of these ids that the catalog has.</summary>
    public async Task<IReadOnlySet<int>> KnownIdsAsync(int[] movieIds, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(KnownIds, [movieIds]);
        return (await command.ReadAllAsync(reader => reader.GetInt32(0), cancellationToken)).ToHashSet();
    }

    /// <summary>English names of genres by their names in both languages, in any case.</summary>
    public async Task<IReadOnlyDictionary<string, string>> GenresAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(Genres);
        var names = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (english, korean) in await command.ReadAllAsync(reader => (reader.GetString(0), reader.GetString(1)), cancellationToken))
        {
            names[english] = english;
            names.TryAdd(korean, english);
        }

        return names;
    }
}
