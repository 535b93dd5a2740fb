using System.Security.Cryptography;
using System.Text;
using MovieSir.Data.Sql;
using Npgsql;

namespace MovieSir.Data;

/// <summary>Makes the roles of <see cref="DatabaseRoles"/> and gives them their rights. The role that owns the database runs this.</summary>
/// <remarks>
/// Rights are given by schema, and given again after every migration, so a new table needs no line here. There are no default privileges: every
/// table comes from a migration, and a dump with default privileges can be restored only where their owner's name exists.
/// </remarks>
public sealed class DatabaseRoleStore(NpgsqlDataSource dataSource)
{
    private const string Roles = $"('{DatabaseRoles.Api}', '{DatabaseRoles.Inference}')";

    // Roles belong to the server, not to the database: two jobs at once would update the same rows.
    private static readonly SqlStatement Lock = new("SELECT pg_advisory_xact_lock(hashtextextended('moviesir.roles', 0))");

    private static readonly SqlStatement Existing = new($"SELECT array_agg(rolname::text ORDER BY rolname) FROM pg_roles WHERE rolname IN {Roles}");

    private static readonly SqlStatement Grant = new($"""
        DO $$
        DECLARE
            role text;
            name text;
        BEGIN
            IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname IN {Roles}) THEN
                RETURN;
            END IF;
            EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database());
            REVOKE EXECUTE ON FUNCTION b2b.ensure_request_log_partition(timestamptz) FROM PUBLIC;

            FOR role IN SELECT rolname FROM pg_roles WHERE rolname IN {Roles} LOOP
                EXECUTE format('GRANT USAGE ON SCHEMA catalog TO %I', role);
                EXECUTE format('GRANT SELECT ON ALL TABLES IN SCHEMA catalog TO %I', role);
            END LOOP;

            IF EXISTS (SELECT FROM pg_roles WHERE rolname = '{DatabaseRoles.Api}') THEN
                FOR name IN SELECT nspname FROM pg_namespace WHERE nspname IN ('b2b', 'b2c', 'accounts', 'mail') LOOP
                    EXECUTE format('GRANT USAGE ON SCHEMA %I TO {DatabaseRoles.Api}', name);
                    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA %I TO {DatabaseRoles.Api}', name);
                    EXECUTE format('GRANT USAGE ON ALL SEQUENCES IN SCHEMA %I TO {DatabaseRoles.Api}', name);
                END LOOP;
                -- What was logged stays as it is. Partitions are reached through the log alone.
                REVOKE UPDATE, DELETE ON b2b.request_log, b2b.audit_log FROM {DatabaseRoles.Api};
                FOR name IN SELECT inhrelid::regclass FROM pg_inherits WHERE inhparent = 'b2b.request_log'::regclass LOOP
                    EXECUTE format('REVOKE ALL ON %s FROM {DatabaseRoles.Api}', name);
                END LOOP;
                GRANT EXECUTE ON FUNCTION b2b.ensure_request_log_partition(timestamptz) TO {DatabaseRoles.Api};
            END IF;
        END $$
        """);

    /// <summary>Makes each role that a password is given for, or gives it that password; then gives those that exist their rights.</summary>
    /// <param name="passwords">By role; null leaves a role as it is, made or not.</param>
    /// <param name="cancellationToken">Stops; nothing is then changed.</param>
    /// <returns>The roles that exist.</returns>
    /// <exception cref="PostgresException">The connection's role may not make roles, or does not own the schemas.</exception>
    public async Task<IReadOnlyList<string>> ApplyAsync(IReadOnlyDictionary<string, string?> passwords, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(passwords);
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await ExecuteAsync(Lock);
        foreach (var (role, password) in passwords)
        {
            if (password is not null)
            {
                await ExecuteAsync(CreateRole(role));
                await ExecuteAsync(SetPassword(role, Verifier(password)));
            }
        }

        await ExecuteAsync(Grant);
        await using var existing = connection.CreateCommand(Existing);
        var roles = await existing.ScalarAsync<string[]?>(cancellationToken) ?? [];
        await transaction.CommitAsync(cancellationToken);
        return roles;

        async Task ExecuteAsync(SqlStatement statement)
        {
            await using var command = connection.CreateCommand(statement);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    // PostgreSQL takes no parameters in such statements. A role is one of the two constants; a verifier holds letters, digits and +/=$:- alone.
    private static SqlStatement CreateRole(string role) =>
        new($"DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{role}') THEN CREATE ROLE {role}; END IF; END $$");

    private static SqlStatement SetPassword(string role, string verifier) => new($"ALTER ROLE {role} LOGIN PASSWORD '{verifier}'");

    /// <summary>What PostgreSQL stores of a password (SCRAM, RFC 5803). It is sent instead, so that the password is in no log.</summary>
    private static string Verifier(string password)
    {
        const int Iterations = 4096; // PostgreSQL's own
        var salt = RandomNumberGenerator.GetBytes(16);
        var salted = Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(password), salt, Iterations, HashAlgorithmName.SHA256, SHA256.HashSizeInBytes);
        var storedKey = SHA256.HashData(HMACSHA256.HashData(salted, "Client Key"u8));
        var serverKey = HMACSHA256.HashData(salted, "Server Key"u8);
        return $"SCRAM-SHA-256${Iterations}:{Convert.ToBase64String(salt)}${Convert.ToBase64String(storedKey)}:{Convert.ToBase64String(serverKey)}";
    }
}
