using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace MovieSir.Data;

/// <summary>
/// The roles by which the services reach the database, each able to do what its service does and no more. The role that migrates owns
/// everything and makes them.
/// </summary>
/// <remarks>
/// Rights are given by schema, and given anew after every migration: a new table needs no line here. No default privileges, since every table
/// comes from a migration and a dump with them could be restored only where its owner's name exists.
/// </remarks>
public sealed class DatabaseRoles(NpgsqlDataSource dataSource)
{
    /// <summary>The API: reads the catalog; reads and writes partners and travellers; adds to the request log, which it cannot change.</summary>
    public const string Api = "moviesir_api";

    /// <summary>Inference as it serves: reads the catalog.</summary>
    public const string Inference = "moviesir_inference";

    private const string Roles = $"('{Api}', '{Inference}')";

    // Roles belong to the server, not to the database: two jobs at once would update the same rows.
    private const string Lock = "SELECT pg_advisory_xact_lock(hashtextextended('moviesir.roles', 0))";

    private const string Grant = $"""
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

            IF EXISTS (SELECT FROM pg_roles WHERE rolname = '{Api}') THEN
                FOR name IN SELECT nspname FROM pg_namespace WHERE nspname IN ('b2b', 'b2c') LOOP
                    EXECUTE format('GRANT USAGE ON SCHEMA %I TO {Api}', name);
                    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA %I TO {Api}', name);
                    EXECUTE format('GRANT USAGE ON ALL SEQUENCES IN SCHEMA %I TO {Api}', name);
                END LOOP;
                -- What was charged stands. Its partitions are reached through the log alone.
                REVOKE UPDATE, DELETE ON b2b.request_log FROM {Api};
                FOR name IN SELECT inhrelid::regclass FROM pg_inherits WHERE inhparent = 'b2b.request_log'::regclass LOOP
                    EXECUTE format('REVOKE ALL ON %s FROM {Api}', name);
                END LOOP;
                GRANT EXECUTE ON FUNCTION b2b.ensure_request_log_partition(timestamptz) TO {Api};
            END IF;
        END $$
        """;

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
                await ExecuteAsync($"DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{role}') THEN CREATE ROLE {role}; END IF; END $$");
                await ExecuteAsync($"ALTER ROLE {role} LOGIN PASSWORD '{Verifier(password)}'");
            }
        }

        await ExecuteAsync(Grant);
        await using var existing = new NpgsqlCommand($"SELECT array_agg(rolname::text ORDER BY rolname) FROM pg_roles WHERE rolname IN {Roles}", connection, transaction);
        var roles = await existing.ExecuteScalarAsync(cancellationToken) as string[] ?? [];
        await transaction.CommitAsync(cancellationToken);
        return roles;

        async Task ExecuteAsync(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection, transaction);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    /// <summary>What PostgreSQL keeps of a password (SCRAM, RFC 5803): sent instead of it, so that no log of the server's can hold it.</summary>
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
