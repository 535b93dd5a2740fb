using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;
using Pgvector;

#nullable disable

#pragma warning disable CA1814 // Prefer jagged arrays over multidimensional

namespace MovieSir.Data.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.EnsureSchema(
                name: "b2b");

            migrationBuilder.EnsureSchema(
                name: "catalog");

            migrationBuilder.AlterDatabase()
                .Annotation("Npgsql:PostgresExtension:vector", ",,");

            migrationBuilder.CreateTable(
                name: "companies",
                schema: "b2b",
                columns: table => new
                {
                    company_id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_companies", x => x.company_id);
                });

            migrationBuilder.CreateTable(
                name: "encoders",
                schema: "catalog",
                columns: table => new
                {
                    encoder_id = table.Column<short>(type: "smallint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    name = table.Column<string>(type: "text", nullable: false),
                    dimension = table.Column<int>(type: "integer", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_encoders", x => x.encoder_id);
                });

            migrationBuilder.CreateTable(
                name: "feedback",
                schema: "b2b",
                columns: table => new
                {
                    feedback_id = table.Column<Guid>(type: "uuid", nullable: false),
                    company_id = table.Column<Guid>(type: "uuid", nullable: false),
                    api_key_id = table.Column<Guid>(type: "uuid", nullable: false),
                    recommendation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    movie_id = table.Column<int>(type: "integer", nullable: false),
                    type = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    client_user_id = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: true),
                    occurred_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_feedback", x => x.feedback_id);
                });

            migrationBuilder.CreateTable(
                name: "genres",
                schema: "catalog",
                columns: table => new
                {
                    genre_id = table.Column<int>(type: "integer", nullable: false),
                    name_en = table.Column<string>(type: "text", nullable: false),
                    name_ko = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_genres", x => x.genre_id);
                });

            migrationBuilder.CreateTable(
                name: "import_runs",
                schema: "catalog",
                columns: table => new
                {
                    import_run_id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    kind = table.Column<string>(type: "text", nullable: false),
                    file_name = table.Column<string>(type: "text", nullable: false),
                    sha256 = table.Column<byte[]>(type: "bytea", nullable: true),
                    rows_read = table.Column<long>(type: "bigint", nullable: false),
                    rows_written = table.Column<long>(type: "bigint", nullable: false),
                    rows_rejected = table.Column<long>(type: "bigint", nullable: false),
                    started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    finished_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_import_runs", x => x.import_run_id);
                });

            migrationBuilder.CreateTable(
                name: "model_versions",
                schema: "catalog",
                columns: table => new
                {
                    model_version_id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    name = table.Column<string>(type: "text", nullable: false),
                    algorithm = table.Column<string>(type: "text", nullable: false),
                    dimension = table.Column<int>(type: "integer", nullable: false),
                    item_count = table.Column<int>(type: "integer", nullable: false),
                    hyperparameters = table.Column<string>(type: "jsonb", nullable: false),
                    metrics = table.Column<string>(type: "jsonb", nullable: false),
                    ranking = table.Column<string>(type: "json", nullable: true),
                    checksum = table.Column<byte[]>(type: "bytea", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_model_versions", x => x.model_version_id);
                });

            migrationBuilder.CreateTable(
                name: "movies",
                schema: "catalog",
                columns: table => new
                {
                    movie_id = table.Column<int>(type: "integer", nullable: false),
                    imdb_id = table.Column<string>(type: "text", nullable: true),
                    title = table.Column<string>(type: "text", nullable: false),
                    original_title = table.Column<string>(type: "text", nullable: true),
                    title_ko = table.Column<string>(type: "text", nullable: true),
                    overview = table.Column<string>(type: "text", nullable: true),
                    overview_ko = table.Column<string>(type: "text", nullable: true),
                    original_language = table.Column<string>(type: "text", nullable: true),
                    release_date = table.Column<DateOnly>(type: "date", nullable: true),
                    runtime_minutes = table.Column<short>(type: "smallint", nullable: true),
                    vote_average = table.Column<float>(type: "real", nullable: false),
                    vote_count = table.Column<int>(type: "integer", nullable: false),
                    popularity = table.Column<float>(type: "real", nullable: false),
                    adult = table.Column<bool>(type: "boolean", nullable: false),
                    poster_path = table.Column<string>(type: "text", nullable: true),
                    keywords = table.Column<string[]>(type: "text[]", nullable: false),
                    is_stub = table.Column<bool>(type: "boolean", nullable: false),
                    is_sample = table.Column<bool>(type: "boolean", nullable: false, defaultValue: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_movies", x => x.movie_id);
                });

            migrationBuilder.CreateTable(
                name: "providers",
                schema: "catalog",
                columns: table => new
                {
                    provider_id = table.Column<int>(type: "integer", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    name_ko = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_providers", x => x.provider_id);
                });

            migrationBuilder.CreateTable(
                name: "rating_sources",
                schema: "catalog",
                columns: table => new
                {
                    source_id = table.Column<short>(type: "smallint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    name = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_rating_sources", x => x.source_id);
                });

            migrationBuilder.CreateTable(
                name: "tmdb_fetches",
                schema: "catalog",
                columns: table => new
                {
                    movie_id = table.Column<int>(type: "integer", nullable: false),
                    scope = table.Column<string>(type: "text", nullable: false),
                    found = table.Column<bool>(type: "boolean", nullable: false),
                    fetched_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_tmdb_fetches", x => new { x.movie_id, x.scope });
                });

            migrationBuilder.CreateTable(
                name: "usage_by_day",
                schema: "b2b",
                columns: table => new
                {
                    day = table.Column<DateOnly>(type: "date", nullable: false),
                    api_key_id = table.Column<Guid>(type: "uuid", nullable: false),
                    endpoint = table.Column<string>(type: "text", nullable: false),
                    company_id = table.Column<Guid>(type: "uuid", nullable: false),
                    calls = table.Column<long>(type: "bigint", nullable: false),
                    charged = table.Column<long>(type: "bigint", nullable: false),
                    client_errors = table.Column<long>(type: "bigint", nullable: false),
                    server_errors = table.Column<long>(type: "bigint", nullable: false),
                    latency_ms_sum = table.Column<double>(type: "double precision", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_usage_by_day", x => new { x.api_key_id, x.day, x.endpoint });
                });

            migrationBuilder.CreateTable(
                name: "api_keys",
                schema: "b2b",
                columns: table => new
                {
                    api_key_id = table.Column<Guid>(type: "uuid", nullable: false),
                    company_id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    plan = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    key_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    hint = table.Column<string>(type: "character varying(4)", maxLength: 4, nullable: false),
                    daily_limit = table.Column<int>(type: "integer", nullable: true),
                    burst_limit = table.Column<int>(type: "integer", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    deactivated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    revoked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    last_used_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_api_keys", x => x.api_key_id);
                    table.ForeignKey(
                        name: "fk_api_keys_companies_company_id",
                        column: x => x.company_id,
                        principalSchema: "b2b",
                        principalTable: "companies",
                        principalColumn: "company_id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "content_rules",
                schema: "b2b",
                columns: table => new
                {
                    content_rule_id = table.Column<Guid>(type: "uuid", nullable: false),
                    company_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    value = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_content_rules", x => x.content_rule_id);
                    table.ForeignKey(
                        name: "fk_content_rules_companies_company_id",
                        column: x => x.company_id,
                        principalSchema: "b2b",
                        principalTable: "companies",
                        principalColumn: "company_id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "item_factors",
                schema: "catalog",
                columns: table => new
                {
                    model_version_id = table.Column<long>(type: "bigint", nullable: false),
                    movie_id = table.Column<int>(type: "integer", nullable: false),
                    factors = table.Column<float[]>(type: "real[]", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_item_factors", x => new { x.model_version_id, x.movie_id });
                    table.ForeignKey(
                        name: "fk_item_factors_model_versions_model_version_id",
                        column: x => x.model_version_id,
                        principalSchema: "catalog",
                        principalTable: "model_versions",
                        principalColumn: "model_version_id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "item_successors",
                schema: "catalog",
                columns: table => new
                {
                    model_version_id = table.Column<long>(type: "bigint", nullable: false),
                    movie_id = table.Column<int>(type: "integer", nullable: false),
                    successor_ids = table.Column<int[]>(type: "integer[]", nullable: false),
                    weights = table.Column<float[]>(type: "real[]", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_item_successors", x => new { x.model_version_id, x.movie_id });
                    table.ForeignKey(
                        name: "fk_item_successors_model_versions_model_version_id",
                        column: x => x.model_version_id,
                        principalSchema: "catalog",
                        principalTable: "model_versions",
                        principalColumn: "model_version_id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "state",
                schema: "catalog",
                columns: table => new
                {
                    singleton = table.Column<bool>(type: "boolean", nullable: false),
                    revision = table.Column<long>(type: "bigint", nullable: false),
                    model_publications = table.Column<long>(type: "bigint", nullable: false, defaultValue: 0L),
                    published_model_version_id = table.Column<long>(type: "bigint", nullable: true),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_state", x => x.singleton);
                    table.CheckConstraint("ck_state_singleton", "singleton");
                    table.ForeignKey(
                        name: "fk_state_model_versions_published_model_version_id",
                        column: x => x.published_model_version_id,
                        principalSchema: "catalog",
                        principalTable: "model_versions",
                        principalColumn: "model_version_id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "movie_embeddings",
                schema: "catalog",
                columns: table => new
                {
                    encoder_id = table.Column<short>(type: "smallint", nullable: false),
                    movie_id = table.Column<int>(type: "integer", nullable: false),
                    source_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    embedding = table.Column<Vector>(type: "vector", nullable: true),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_movie_embeddings", x => new { x.encoder_id, x.movie_id });
                    table.ForeignKey(
                        name: "fk_movie_embeddings_encoders_encoder_id",
                        column: x => x.encoder_id,
                        principalSchema: "catalog",
                        principalTable: "encoders",
                        principalColumn: "encoder_id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_movie_embeddings_movies_movie_id",
                        column: x => x.movie_id,
                        principalSchema: "catalog",
                        principalTable: "movies",
                        principalColumn: "movie_id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "movie_genres",
                schema: "catalog",
                columns: table => new
                {
                    movie_id = table.Column<int>(type: "integer", nullable: false),
                    genre_id = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_movie_genres", x => new { x.movie_id, x.genre_id });
                    table.ForeignKey(
                        name: "fk_movie_genres_genres_genre_id",
                        column: x => x.genre_id,
                        principalSchema: "catalog",
                        principalTable: "genres",
                        principalColumn: "genre_id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_movie_genres_movies_movie_id",
                        column: x => x.movie_id,
                        principalSchema: "catalog",
                        principalTable: "movies",
                        principalColumn: "movie_id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "movie_providers",
                schema: "catalog",
                columns: table => new
                {
                    movie_id = table.Column<int>(type: "integer", nullable: false),
                    provider_id = table.Column<int>(type: "integer", nullable: false),
                    region = table.Column<string>(type: "character(2)", fixedLength: true, maxLength: 2, nullable: false),
                    terms = table.Column<string>(type: "text", nullable: false),
                    is_sample = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_movie_providers", x => new { x.movie_id, x.provider_id, x.region, x.terms });
                    table.ForeignKey(
                        name: "fk_movie_providers_movies_movie_id",
                        column: x => x.movie_id,
                        principalSchema: "catalog",
                        principalTable: "movies",
                        principalColumn: "movie_id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_movie_providers_providers_provider_id",
                        column: x => x.provider_id,
                        principalSchema: "catalog",
                        principalTable: "providers",
                        principalColumn: "provider_id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "movie_tags",
                schema: "catalog",
                columns: table => new
                {
                    source_id = table.Column<short>(type: "smallint", nullable: false),
                    user_id = table.Column<int>(type: "integer", nullable: false),
                    movie_id = table.Column<int>(type: "integer", nullable: false),
                    tag = table.Column<string>(type: "text", nullable: false),
                    tagged_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_movie_tags", x => new { x.source_id, x.user_id, x.movie_id, x.tag });
                    table.ForeignKey(
                        name: "fk_movie_tags_rating_sources_source_id",
                        column: x => x.source_id,
                        principalSchema: "catalog",
                        principalTable: "rating_sources",
                        principalColumn: "source_id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "ratings",
                schema: "catalog",
                columns: table => new
                {
                    source_id = table.Column<short>(type: "smallint", nullable: false),
                    user_id = table.Column<int>(type: "integer", nullable: false),
                    movie_id = table.Column<int>(type: "integer", nullable: false),
                    value = table.Column<float>(type: "real", nullable: false),
                    rated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_ratings", x => new { x.source_id, x.user_id, x.movie_id });
                    table.ForeignKey(
                        name: "fk_ratings_rating_sources_source_id",
                        column: x => x.source_id,
                        principalSchema: "catalog",
                        principalTable: "rating_sources",
                        principalColumn: "source_id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.InsertData(
                schema: "catalog",
                table: "genres",
                columns: new[] { "genre_id", "name_en", "name_ko" },
                values: new object[,]
                {
                    { 12, "Adventure", "모험" },
                    { 14, "Fantasy", "판타지" },
                    { 16, "Animation", "애니메이션" },
                    { 18, "Drama", "드라마" },
                    { 27, "Horror", "공포" },
                    { 28, "Action", "액션" },
                    { 35, "Comedy", "코미디" },
                    { 36, "History", "역사" },
                    { 37, "Western", "서부" },
                    { 53, "Thriller", "스릴러" },
                    { 80, "Crime", "범죄" },
                    { 99, "Documentary", "다큐멘터리" },
                    { 878, "Science Fiction", "SF" },
                    { 9648, "Mystery", "미스터리" },
                    { 10402, "Music", "음악" },
                    { 10749, "Romance", "로맨스" },
                    { 10751, "Family", "가족" },
                    { 10752, "War", "전쟁" },
                    { 10770, "TV Movie", "TV 영화" }
                });

            migrationBuilder.CreateIndex(
                name: "ix_api_keys_company_id",
                schema: "b2b",
                table: "api_keys",
                column: "company_id");

            migrationBuilder.CreateIndex(
                name: "ix_api_keys_key_hash",
                schema: "b2b",
                table: "api_keys",
                column: "key_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_companies_name",
                schema: "b2b",
                table: "companies",
                column: "name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_content_rules_company_id_kind_value",
                schema: "b2b",
                table: "content_rules",
                columns: new[] { "company_id", "kind", "value" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_encoders_name",
                schema: "catalog",
                table: "encoders",
                column: "name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_feedback_company_id_occurred_at",
                schema: "b2b",
                table: "feedback",
                columns: new[] { "company_id", "occurred_at" });

            migrationBuilder.CreateIndex(
                name: "ix_feedback_recommendation_id",
                schema: "b2b",
                table: "feedback",
                column: "recommendation_id");

            migrationBuilder.CreateIndex(
                name: "ix_model_versions_name",
                schema: "catalog",
                table: "model_versions",
                column: "name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_movie_embeddings_movie_id",
                schema: "catalog",
                table: "movie_embeddings",
                column: "movie_id");

            migrationBuilder.CreateIndex(
                name: "ix_movie_genres_genre_id",
                schema: "catalog",
                table: "movie_genres",
                column: "genre_id");

            migrationBuilder.CreateIndex(
                name: "ix_movie_providers_provider_id",
                schema: "catalog",
                table: "movie_providers",
                column: "provider_id");

            migrationBuilder.CreateIndex(
                name: "ix_movies_imdb_id",
                schema: "catalog",
                table: "movies",
                column: "imdb_id");

            migrationBuilder.CreateIndex(
                name: "ix_rating_sources_name",
                schema: "catalog",
                table: "rating_sources",
                column: "name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_state_published_model_version_id",
                schema: "catalog",
                table: "state",
                column: "published_model_version_id");

            migrationBuilder.CreateIndex(
                name: "ix_usage_by_day_company_id_day",
                schema: "b2b",
                table: "usage_by_day",
                columns: new[] { "company_id", "day" });

            migrationBuilder.Sql(InitialSql.Up);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(InitialSql.Down);

            migrationBuilder.DropTable(
                name: "api_keys",
                schema: "b2b");

            migrationBuilder.DropTable(
                name: "content_rules",
                schema: "b2b");

            migrationBuilder.DropTable(
                name: "feedback",
                schema: "b2b");

            migrationBuilder.DropTable(
                name: "import_runs",
                schema: "catalog");

            migrationBuilder.DropTable(
                name: "item_factors",
                schema: "catalog");

            migrationBuilder.DropTable(
                name: "item_successors",
                schema: "catalog");

            migrationBuilder.DropTable(
                name: "movie_embeddings",
                schema: "catalog");

            migrationBuilder.DropTable(
                name: "movie_genres",
                schema: "catalog");

            migrationBuilder.DropTable(
                name: "movie_providers",
                schema: "catalog");

            migrationBuilder.DropTable(
                name: "movie_tags",
                schema: "catalog");

            migrationBuilder.DropTable(
                name: "ratings",
                schema: "catalog");

            migrationBuilder.DropTable(
                name: "state",
                schema: "catalog");

            migrationBuilder.DropTable(
                name: "tmdb_fetches",
                schema: "catalog");

            migrationBuilder.DropTable(
                name: "usage_by_day",
                schema: "b2b");

            migrationBuilder.DropTable(
                name: "companies",
                schema: "b2b");

            migrationBuilder.DropTable(
                name: "encoders",
                schema: "catalog");

            migrationBuilder.DropTable(
                name: "genres",
                schema: "catalog");

            migrationBuilder.DropTable(
                name: "movies",
                schema: "catalog");

            migrationBuilder.DropTable(
                name: "providers",
                schema: "catalog");

            migrationBuilder.DropTable(
                name: "rating_sources",
                schema: "catalog");

            migrationBuilder.DropTable(
                name: "model_versions",
                schema: "catalog");
        }
    }
}
