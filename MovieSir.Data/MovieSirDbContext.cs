using Microsoft.EntityFrameworkCore;
using MovieSir.Data.Partners;

namespace MovieSir.Data;

/// <summary>
/// The database. Each table is configured beside its entity, in the folder of its schema; names are snake_case. A set stands here where EF Core
/// reads or writes the table. Everything else is SQL, in the <c>…Store</c> classes.
/// </summary>
public sealed class MovieSirDbContext(DbContextOptions<MovieSirDbContext> options) : DbContext(options)
{
    /// <summary>API keys of all companies, revoked ones included.</summary>
    public DbSet<ApiKey> ApiKeys => Set<ApiKey>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.HasPostgresExtension("vector");
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(MovieSirDbContext).Assembly);
    }
}
