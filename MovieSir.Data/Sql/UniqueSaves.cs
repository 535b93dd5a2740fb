using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace MovieSir.Data.Sql;

/// <summary>Saving what has to be the only one of its kind.</summary>
public static class UniqueSaves
{
    /// <summary>Saves all changes.</summary>
    /// <returns>False where another row has what must be unique: nothing may then be committed.</returns>
    public static async Task<bool> TrySaveUniqueAsync(this DbContext context, CancellationToken cancellationToken)
    {
        try
        {
            await context.SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (DbUpdateException exception) when (exception.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return false;
        }
    }
}
