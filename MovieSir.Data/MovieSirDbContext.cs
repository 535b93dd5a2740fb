using Microsoft.EntityFrameworkCore;
using MovieSir.Data.Catalog;
using MovieSir.Data.Partners;

namespace MovieSir.Data;

/// <summary>The database: schemas <c>catalog</c> (movies and models) and <c>b2b</c> (companies, keys, usage). Names are snake_case.</summary>
public sealed class MovieSirDbContext(DbContextOptions<MovieSirDbContext> options) : DbContext(options)
{
    public const string CatalogSchema = "catalog";
    public const string PartnerSchema = "b2b";

    public DbSet<Movie> Movies => Set<Movie>();
    public DbSet<Genre> Genres => Set<Genre>();
    public DbSet<MovieGenre> MovieGenres => Set<MovieGenre>();
    public DbSet<Provider> Providers => Set<Provider>();
    public DbSet<MovieProvider> MovieProviders => Set<MovieProvider>();
    public DbSet<TmdbFetch> TmdbFetches => Set<TmdbFetch>();
    public DbSet<RatingSource> RatingSources => Set<RatingSource>();
    public DbSet<Rating> Ratings => Set<Rating>();
    public DbSet<MovieTag> MovieTags => Set<MovieTag>();
    public DbSet<ImportRun> ImportRuns => Set<ImportRun>();
    public DbSet<Encoder> Encoders => Set<Encoder>();
    public DbSet<MovieEmbedding> MovieEmbeddings => Set<MovieEmbedding>();
    public DbSet<ModelVersion> ModelVersions => Set<ModelVersion>();
    public DbSet<ItemFactors> ItemFactors => Set<ItemFactors>();
    public DbSet<ItemSuccessors> ItemSuccessors => Set<ItemSuccessors>();
    public DbSet<CatalogState> CatalogState => Set<CatalogState>();

    public DbSet<Company> Companies => Set<Company>();
    public DbSet<ApiKey> ApiKeys => Set<ApiKey>();
    public DbSet<RequestLogEntry> RequestLog => Set<RequestLogEntry>();
    public DbSet<UsageByDay> UsageByDay => Set<UsageByDay>();
    public DbSet<Feedback> Feedback => Set<Feedback>();
    public DbSet<ContentRule> ContentRules => Set<ContentRule>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.HasPostgresExtension("vector");
        ConfigureCatalog(modelBuilder);
        ConfigurePartners(modelBuilder);
    }

    private static void ConfigureCatalog(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Movie>(movie =>
        {
            movie.ToTable("movies", CatalogSchema);
            movie.HasKey(f => f.MovieId);
            movie.Property(f => f.MovieId).ValueGeneratedNever();
            movie.Property(f => f.UpdatedAt).HasDefaultValueSql("now()");
            movie.HasIndex(f => f.ImdbId);
        });
        modelBuilder.Entity<Genre>(genre =>
        {
            genre.ToTable("genres", CatalogSchema);
            genre.HasKey(g => g.GenreId);
            genre.Property(g => g.GenreId).ValueGeneratedNever();
            genre.HasData(KnownGenres.All);
        });
        modelBuilder.Entity<MovieGenre>(link =>
        {
            link.ToTable("movie_genres", CatalogSchema);
            link.HasKey(l => new { l.MovieId, l.GenreId });
            link.HasOne<Movie>().WithMany().HasForeignKey(l => l.MovieId).OnDelete(DeleteBehavior.Cascade);
            link.HasOne<Genre>().WithMany().HasForeignKey(l => l.GenreId).OnDelete(DeleteBehavior.Restrict);
        });
        modelBuilder.Entity<Provider>(provider =>
        {
            provider.ToTable("providers", CatalogSchema);
            provider.HasKey(p => p.ProviderId);
            provider.Property(p => p.ProviderId).ValueGeneratedNever();
        });
        modelBuilder.Entity<MovieProvider>(link =>
        {
            link.ToTable("movie_providers", CatalogSchema);
            link.HasKey(l => new { l.MovieId, l.ProviderId, l.Region, l.Terms });
            link.Property(l => l.Region).HasMaxLength(2).IsFixedLength();
            link.HasOne<Movie>().WithMany().HasForeignKey(l => l.MovieId).OnDelete(DeleteBehavior.Cascade);
            link.HasOne<Provider>().WithMany().HasForeignKey(l => l.ProviderId).OnDelete(DeleteBehavior.Restrict);
        });
        modelBuilder.Entity<TmdbFetch>(fetch =>
        {
            fetch.ToTable("tmdb_fetches", CatalogSchema);
            fetch.HasKey(f => new { f.MovieId, f.Scope });
        });
        modelBuilder.Entity<RatingSource>(source =>
        {
            source.ToTable("rating_sources", CatalogSchema);
            source.HasKey(s => s.SourceId);
            source.HasIndex(s => s.Name).IsUnique();
        });
        modelBuilder.Entity<Rating>(rating =>
        {
            rating.ToTable("ratings", CatalogSchema);
            rating.HasKey(r => new { r.SourceId, r.UserId, r.MovieId });
            rating.HasOne<RatingSource>().WithMany().HasForeignKey(r => r.SourceId).OnDelete(DeleteBehavior.Cascade);
        });
        modelBuilder.Entity<MovieTag>(tag =>
        {
            tag.ToTable("movie_tags", CatalogSchema);
            tag.HasKey(t => new { t.SourceId, t.UserId, t.MovieId, t.Tag });
            tag.HasOne<RatingSource>().WithMany().HasForeignKey(t => t.SourceId).OnDelete(DeleteBehavior.Cascade);
        });
        modelBuilder.Entity<ImportRun>(run =>
        {
            run.ToTable("import_runs", CatalogSchema);
            run.HasKey(r => r.ImportRunId);
        });
        modelBuilder.Entity<Encoder>(encoder =>
        {
            encoder.ToTable("encoders", CatalogSchema);
            encoder.HasKey(e => e.EncoderId);
            encoder.HasIndex(e => e.Name).IsUnique();
            encoder.Property(e => e.CreatedAt).HasDefaultValueSql("now()");
        });
        modelBuilder.Entity<MovieEmbedding>(embedding =>
        {
            // No dimension here: it differs by encoder. `embed` adds an HNSW index per encoder over the cast to its dimension.
            embedding.ToTable("movie_embeddings", CatalogSchema);
            embedding.HasKey(e => new { e.EncoderId, e.MovieId });
            embedding.Property(e => e.Embedding).HasColumnType("vector");
            embedding.Property(e => e.UpdatedAt).HasDefaultValueSql("now()");
            embedding.HasOne<Encoder>().WithMany().HasForeignKey(e => e.EncoderId).OnDelete(DeleteBehavior.Cascade);
            embedding.HasOne<Movie>().WithMany().HasForeignKey(e => e.MovieId).OnDelete(DeleteBehavior.Cascade);
        });
        modelBuilder.Entity<ModelVersion>(version =>
        {
            version.ToTable("model_versions", CatalogSchema);
            version.HasKey(v => v.ModelVersionId);
            version.HasIndex(v => v.Name).IsUnique();
            version.Property(v => v.Hyperparameters).HasColumnType("jsonb");
            version.Property(v => v.Metrics).HasColumnType("jsonb");
            version.Property(v => v.Ranking).HasColumnType("json");
            version.Property(v => v.CreatedAt).HasDefaultValueSql("now()");
        });
        modelBuilder.Entity<ItemFactors>(factors =>
        {
            factors.ToTable("item_factors", CatalogSchema);
            factors.HasKey(f => new { f.ModelVersionId, f.MovieId });
            factors.HasOne<ModelVersion>().WithMany().HasForeignKey(f => f.ModelVersionId).OnDelete(DeleteBehavior.Cascade);
        });
        modelBuilder.Entity<ItemSuccessors>(successors =>
        {
            successors.ToTable("item_successors", CatalogSchema);
            successors.HasKey(s => new { s.ModelVersionId, s.MovieId });
            successors.HasOne<ModelVersion>().WithMany().HasForeignKey(s => s.ModelVersionId).OnDelete(DeleteBehavior.Cascade);
        });
        modelBuilder.Entity<CatalogState>(state =>
        {
            state.ToTable("state", CatalogSchema, table => table.HasCheckConstraint("ck_state_singleton", "singleton"));
            state.HasKey(s => s.Singleton);
            state.Property(s => s.ModelPublications).HasDefaultValue(0L);
            state.Property(s => s.UpdatedAt).HasDefaultValueSql("now()");
            state.HasOne<ModelVersion>().WithMany().HasForeignKey(s => s.PublishedModelVersionId).OnDelete(DeleteBehavior.Restrict);
        });
    }

    private static void ConfigurePartners(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Company>(company =>
        {
            company.ToTable("companies", PartnerSchema);
            company.HasKey(c => c.CompanyId);
            company.HasIndex(c => c.Name).IsUnique();
            company.Property(c => c.Name).HasMaxLength(200);
            company.Property(c => c.CreatedAt).HasDefaultValueSql("now()");
        });
        modelBuilder.Entity<ApiKey>(key =>
        {
            key.ToTable("api_keys", PartnerSchema);
            key.HasKey(k => k.ApiKeyId);
            key.HasIndex(k => k.KeyHash).IsUnique();
            key.Property(k => k.Name).HasMaxLength(200);
            key.Property(k => k.Plan).HasConversion<string>().HasMaxLength(20);
            key.Property(k => k.Hint).HasMaxLength(4);
            key.Property(k => k.CreatedAt).HasDefaultValueSql("now()");
            key.HasOne(k => k.Company).WithMany().HasForeignKey(k => k.CompanyId).OnDelete(DeleteBehavior.Cascade);
        });
        modelBuilder.Entity<RequestLogEntry>(entry =>
        {
            // Partitioned, which EF Core cannot express: the migration creates it in SQL.
            entry.ToTable("request_log", PartnerSchema, table => table.ExcludeFromMigrations());
            entry.HasKey(e => new { e.OccurredAt, e.EventId });
        });
        modelBuilder.Entity<UsageByDay>(usage =>
        {
            usage.ToTable("usage_by_day", PartnerSchema);
            usage.HasKey(u => new { u.ApiKeyId, u.Day, u.Endpoint });
            usage.HasIndex(u => new { u.CompanyId, u.Day });
        });
        modelBuilder.Entity<Feedback>(feedback =>
        {
            feedback.ToTable("feedback", PartnerSchema);
            feedback.HasKey(f => f.FeedbackId);
            feedback.HasIndex(f => new { f.CompanyId, f.OccurredAt });
            feedback.HasIndex(f => f.RecommendationId);
            feedback.Property(f => f.Type).HasMaxLength(20);
            feedback.Property(f => f.ClientUserId).HasMaxLength(128);
        });
        modelBuilder.Entity<ContentRule>(rule =>
        {
            rule.ToTable("content_rules", PartnerSchema);
            rule.HasKey(r => r.ContentRuleId);
            rule.HasIndex(r => new { r.CompanyId, r.Kind, r.Value }).IsUnique();
            rule.Property(r => r.Kind).HasConversion<string>().HasMaxLength(20);
            rule.Property(r => r.Value).HasMaxLength(200);
            rule.Property(r => r.CreatedAt).HasDefaultValueSql("now()");
            rule.HasOne<Company>().WithMany().HasForeignKey(r => r.CompanyId).OnDelete(DeleteBehavior.Cascade);
        });
    }
}
