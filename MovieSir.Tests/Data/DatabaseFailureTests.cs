using MovieSir.Data.Sql;
using Npgsql;

namespace MovieSir.Tests.Data;

public sealed class DatabaseFailureTests
{
    [Theory]
    [InlineData("53100", "could not extend file: No space left on device", "disk of the database's server is full")]
    [InlineData("28P01", "password authentication failed for user \"postgres\"", "The password belongs to the data")]
    [InlineData("42P01", "relation does not exist", "has no tables yet")]
    [InlineData("23505", "duplicate key value", "PostgreSQL refuses: duplicate key value")]
    public void What_PostgreSQL_refuses_is_told_with_what_to_do(string state, string message, string told) =>
        Assert.Contains(told, DatabaseFailure.Explain(new PostgresException(message, "ERROR", "ERROR", state)), StringComparison.Ordinal);

    [Fact]
    public void A_server_that_is_not_there_does_not_answer() => Assert.Contains(
        "does not answer (Failed to connect)", DatabaseFailure.Explain(new NpgsqlException("Failed to connect")), StringComparison.Ordinal);
}
