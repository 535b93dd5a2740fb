using System.Text.Json;
using MovieSir.Data.Sql;
using Npgsql;

namespace MovieSir.Api.Console.Audit;

/// <summary>Something that somebody did.</summary>
/// <param name="EntryId">Its id; entries are in the order of their ids.</param>
/// <param name="OccurredAt">When.</param>
/// <param name="Actor">E-mail of who did it, as it was then; null: a command.</param>
/// <param name="Action">What, for example <c>key.created</c>.</param>
/// <param name="Subject">To what.</param>
/// <param name="Details">What else is worth knowing.</param>
internal sealed record AuditInfo(Guid EntryId, DateTimeOffset OccurredAt, string? Actor, string Action, string Subject, JsonElement Details);

/// <summary>Reads the audit log, the newest entries first.</summary>
internal sealed class AuditStore(NpgsqlDataSource dataSource)
{
    private const string Columns = "entry_id, occurred_at, actor, action, subject, details";

    private static readonly SqlStatement OfCompany = new($"""
        SELECT {Columns} FROM b2b.audit_log WHERE company_id = $1 AND ($2 IS NULL OR entry_id < $2) ORDER BY entry_id DESC LIMIT $3
        """, "uuid", "uuid", "integer");

    private static readonly SqlStatement OfAdministrators = new($"""
        SELECT {Columns} FROM b2b.audit_log WHERE by_administrator AND ($1 IS NULL OR entry_id < $1) ORDER BY entry_id DESC LIMIT $2
        """, "uuid", "integer");

    /// <summary>What concerns a company.</summary>
    public Task<IReadOnlyList<AuditInfo>> OfCompanyAsync(Guid companyId, Guid? before, int most, CancellationToken cancellationToken) =>
        ReadAsync(OfCompany, [companyId, before, most], cancellationToken);

    /// <summary>What administrators did as such.</summary>
    public Task<IReadOnlyList<AuditInfo>> OfAdministratorsAsync(Guid? before, int most, CancellationToken cancellationToken) =>
        ReadAsync(OfAdministrators, [before, most], cancellationToken);

    private async Task<IReadOnlyList<AuditInfo>> ReadAsync(SqlStatement statement, object?[] values, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(statement, values);
        return await command.ReadAllAsync(
            reader => new AuditInfo(
                reader.GetGuid(0), reader.GetFieldValue<DateTimeOffset>(1), reader.GetNullable<string>(2), reader.GetString(3), reader.GetString(4),
                JsonSerializer.Deserialize<JsonElement>(reader.GetString(5))),
            cancellationToken);
    }
}
