using Npgsql;

namespace MovieSir.Data.Sql;

/// <summary>What a command says of a database that fails: what is wrong, and what to do.</summary>
public static class DatabaseFailure
{
    /// <summary>One sentence or two, without a stack.</summary>
    public static string Explain(NpgsqlException exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return exception switch
        {
            PostgresException { SqlState: PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName } =>
                "The database has no tables yet. The catalog job makes them: start everything with ./moviesir up, or run "
                + "`MovieSir.Inference migrate`.",
            PostgresException { SqlState: PostgresErrorCodes.DiskFull } postgres =>
                $"The disk of the database's server is full ({postgres.MessageText}). Nothing of this was kept: make room there, then run it again.",
            PostgresException { SqlState: PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification } postgres =>
                $"PostgreSQL lets nobody in with what ConnectionStrings__moviesir says ({postgres.MessageText}). The password belongs to the data: a "
                + "database that was made with another one keeps that. Embedded servers keep theirs in .moviesir/secrets.",
            PostgresException postgres => $"PostgreSQL refuses: {postgres.MessageText}",
            _ => $"PostgreSQL does not answer ({exception.Message}). Is it running, and does ConnectionStrings__moviesir name it?",
        };
    }
}
