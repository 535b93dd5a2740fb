using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using MovieSir.Data.Accounts;
using MovieSir.Data.B2b;
using MovieSir.Data.B2c;
using MovieSir.Data.Catalog;
using MovieSir.Data.Mail;

namespace MovieSir.Data;

/// <summary>
/// The database, with a set for each table. Names are snake_case. Each table is configured beside its entity, in the folder of its schema.
/// EF Core reads and writes the public sets; all other tables are read and written by SQL, in the <c>…Store</c> classes.
/// </summary>
public sealed class MovieSirDbContext(DbContextOptions<MovieSirDbContext> options) : DbContext(options), IDataProtectionKeyContext
{
    /// <summary>API keys of all companies, revoked ones included.</summary>
    public DbSet<ApiKey> ApiKeys => Set<ApiKey>();

    /// <summary>Accounts, deleted ones until their erasure included.</summary>
    public DbSet<Account> Accounts => Set<Account>();

    /// <summary>People of other services, and the accounts that they may sign in to.</summary>
    public DbSet<ExternalIdentity> ExternalIdentities => Set<ExternalIdentity>();

    /// <summary>Links that were mailed and not used.</summary>
    public DbSet<AccountLink> Links => Set<AccountLink>();

    /// <summary>Tokens of all sign-ins, used ones included.</summary>
    public DbSet<RefreshToken> RefreshTokens => Set<RefreshToken>();

    /// <summary>Devices on which accounts are signed in.</summary>
    public DbSet<SignIn> SignIns => Set<SignIn>();

    /// <summary>Accounts that wait for their code.</summary>
    public DbSet<SignUp> SignUps => Set<SignUp>();

    /// <summary>Mails that are to be sent.</summary>
    public DbSet<OutgoingMail> Outbox => Set<OutgoingMail>();

    /// <summary>Companies, deleted ones included.</summary>
    public DbSet<Company> Companies => Set<Company>();

    /// <summary>People of companies who use the console.</summary>
    public DbSet<Member> Members => Set<Member>();

    /// <summary>Invitations that wait for an answer.</summary>
    public DbSet<Invitation> Invitations => Set<Invitation>();

    /// <summary>What companies do not want recommended.</summary>
    public DbSet<ContentRule> ContentRules => Set<ContentRule>();

    /// <summary>Who did what in the console. Entries are added and read, and never changed.</summary>
    public DbSet<AuditEntry> AuditLog => Set<AuditEntry>();

    /// <inheritdoc />
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    // Names of foreign keys are made of the names of these sets, so a set is listed also where nothing reads it.
    internal DbSet<Feedback> Feedback => Set<Feedback>();
    internal DbSet<RequestLogEntry> RequestLog => Set<RequestLogEntry>();
    internal DbSet<UsageByDay> UsageByDay => Set<UsageByDay>();
    internal DbSet<UsageLatency> UsageLatency => Set<UsageLatency>();

    internal DbSet<Group> Groups => Set<Group>();
    internal DbSet<GroupMember> GroupMembers => Set<GroupMember>();
    internal DbSet<ProviderClick> ProviderClicks => Set<ProviderClick>();
    internal DbSet<RecommendationSession> RecommendationSessions => Set<RecommendationSession>();
    internal DbSet<RejectedMovie> RejectedMovies => Set<RejectedMovie>();
    internal DbSet<Satisfaction> Satisfactions => Set<Satisfaction>();
    internal DbSet<SurveyAnswer> SurveyAnswers => Set<SurveyAnswer>();
    internal DbSet<Traveller> Travellers => Set<Traveller>();
    internal DbSet<TravellerProvider> TravellerProviders => Set<TravellerProvider>();
    internal DbSet<WatchedMovie> WatchedMovies => Set<WatchedMovie>();

    internal DbSet<CatalogState> CatalogState => Set<CatalogState>();
    internal DbSet<Encoder> Encoders => Set<Encoder>();
    internal DbSet<Genre> Genres => Set<Genre>();
    internal DbSet<ImportRun> ImportRuns => Set<ImportRun>();
    internal DbSet<ItemFactors> ItemFactors => Set<ItemFactors>();
    internal DbSet<ItemSuccessors> ItemSuccessors => Set<ItemSuccessors>();
    internal DbSet<ModelVersion> ModelVersions => Set<ModelVersion>();
    internal DbSet<Movie> Movies => Set<Movie>();
    internal DbSet<MovieEmbedding> MovieEmbeddings => Set<MovieEmbedding>();
    internal DbSet<MovieGenre> MovieGenres => Set<MovieGenre>();
    internal DbSet<MovieProvider> MovieProviders => Set<MovieProvider>();
    internal DbSet<MovieTag> MovieTags => Set<MovieTag>();
    internal DbSet<Provider> Providers => Set<Provider>();
    internal DbSet<Rating> Ratings => Set<Rating>();
    internal DbSet<RatingSource> RatingSources => Set<RatingSource>();
    internal DbSet<TmdbFetch> TmdbFetches => Set<TmdbFetch>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.HasPostgresExtension("vector");
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(MovieSirDbContext).Assembly);
    }
}
