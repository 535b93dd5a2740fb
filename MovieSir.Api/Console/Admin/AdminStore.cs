using MovieSir.Data.B2b;
using MovieSir.Data.Sql;
using Npgsql;

namespace MovieSir.Api.Console.Admin;

/// <summary>Reads what administrators look after: companies, models and imports.</summary>
internal sealed class AdminStore(NpgsqlDataSource dataSource)
{
    private static readonly SqlStatement Companies = new("""
        SELECT company_id, name, plan, deactivated_at IS NULL, created_at,
          (SELECT count(*) FROM b2b.members WHERE members.company_id = company.company_id)::integer,
          (SELECT count(*) FROM b2b.api_keys AS key WHERE key.company_id = company.company_id AND revoked_at IS NULL)::integer,
          (SELECT coalesce(sum(calls), 0) FROM b2b.usage_by_day AS usage WHERE usage.company_id = company.company_id AND day = $3)::bigint
        FROM b2b.companies AS company
        WHERE deleted_at IS NULL AND ($1 IS NULL OR name ILIKE $1) AND ($2 IS NULL OR company_id = $2)
        ORDER BY created_at DESC, company_id LIMIT $4 OFFSET $5
        """, "text", "uuid", "date", "integer", "integer");

    private static readonly SqlStatement CountCompanies = new(
        "SELECT count(*)::integer FROM b2b.companies WHERE deleted_at IS NULL AND ($1 IS NULL OR name ILIKE $1)", "text");

    private static readonly SqlStatement Models = new("""
        SELECT name, created_at, model_version_id IS NOT DISTINCT FROM published_model_version_id
        FROM catalog.model_versions CROSS JOIN catalog.state ORDER BY created_at DESC, model_version_id DESC LIMIT 100
        """);

    private static readonly SqlStatement Imports = new("""
        SELECT import_run_id, started_at, finished_at, kind || ': ' || file_name,
          CASE WHEN kind IN ('movielens-ratings', 'movielens-tags') THEN 0 ELSE rows_written END,
          CASE WHEN kind = 'movielens-ratings' THEN rows_written ELSE 0 END
        FROM catalog.import_runs ORDER BY import_run_id DESC LIMIT 100
        """);

    /// <summary>Companies whose names hold a text, the newest first.</summary>
    public async Task<CompanyPage> CompaniesAsync(string? search, DateOnly today, int limit, int offset, CancellationToken cancellationToken)
    {
        var pattern = LikePattern.Containing(search);
        await using var page = dataSource.CreateCommand(Companies, [pattern, null, today, limit, offset]);
        var rows = await page.ReadAllAsync(ReadCompany, cancellationToken);
        await using var count = dataSource.CreateCommand(CountCompanies, [pattern]);
        return new CompanyPage(rows, await count.ScalarAsync<int>(cancellationToken));
    }

    /// <summary>One company; null where there is none.</summary>
    public async Task<CompanyRow?> CompanyAsync(Guid companyId, DateOnly today, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(Companies, [null, companyId, today, 1, 0]);
        return await command.ReadFirstAsync(ReadCompany, cancellationToken);
    }

    /// <summary>Model versions, the newest first.</summary>
    public async Task<IReadOnlyList<ModelRow>> ModelsAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(Models);
        return await command.ReadAllAsync(
            reader => new ModelRow(reader.GetString(0), reader.GetFieldValue<DateTimeOffset>(1), reader.GetBoolean(2)), cancellationToken);
    }

    /// <summary>Imports, the newest first.</summary>
    public async Task<IReadOnlyList<ImportRow>> ImportsAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(Imports);
        return await command.ReadAllAsync(
            reader => new ImportRow(
                reader.GetInt64(0), reader.GetFieldValue<DateTimeOffset>(1), reader.GetFieldValue<DateTimeOffset>(2), ImportState.Completed,
                reader.GetString(3), reader.GetInt64(4), reader.GetInt64(5)),
            cancellationToken);
    }

    private static CompanyRow ReadCompany(NpgsqlDataReader reader) => new(
        reader.GetGuid(0), reader.GetString(1), Enum.Parse<Plan>(reader.GetString(2)), reader.GetBoolean(3),
        reader.GetFieldValue<DateTimeOffset>(4), reader.GetInt32(5), reader.GetInt32(6), reader.GetInt64(7));
}
