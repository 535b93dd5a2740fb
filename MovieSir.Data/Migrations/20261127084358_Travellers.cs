using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace MovieSir.Data.Migrations
{
    /// <inheritdoc />
    public partial class Travellers : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.EnsureSchema(
                name: "accounts");

            migrationBuilder.EnsureSchema(
                name: "b2c");

            migrationBuilder.EnsureSchema(
                name: "mail");

            migrationBuilder.CreateTable(
                name: "accounts",
                schema: "accounts",
                columns: table => new
                {
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    realm = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    email = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: false),
                    email_key = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    password_hash = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    language = table.Column<string>(type: "character varying(2)", maxLength: 2, nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    deleted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_accounts", x => x.account_id);
                });

            migrationBuilder.CreateTable(
                name: "data_protection_keys",
                schema: "accounts",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    friendly_name = table.Column<string>(type: "text", nullable: true),
                    xml = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_data_protection_keys", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "groups",
                schema: "b2c",
                columns: table => new
                {
                    group_id = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_groups", x => x.group_id);
                });

            migrationBuilder.CreateTable(
                name: "outbox",
                schema: "mail",
                columns: table => new
                {
                    mail_id = table.Column<Guid>(type: "uuid", nullable: false),
                    recipient = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: false),
                    subject = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    text_body = table.Column<string>(type: "text", nullable: false),
                    html_body = table.Column<string>(type: "text", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_outbox", x => x.mail_id);
                });

            migrationBuilder.CreateTable(
                name: "sign_ups",
                schema: "accounts",
                columns: table => new
                {
                    sign_up_id = table.Column<Guid>(type: "uuid", nullable: false),
                    binding_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    realm = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    email = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: false),
                    email_key = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    password_hash = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    language = table.Column<string>(type: "character varying(2)", maxLength: 2, nullable: false),
                    code_hash = table.Column<byte[]>(type: "bytea", nullable: true),
                    tries_left = table.Column<int>(type: "integer", nullable: false),
                    sent_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_sign_ups", x => x.sign_up_id);
                });

            migrationBuilder.CreateTable(
                name: "links",
                schema: "accounts",
                columns: table => new
                {
                    token_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    purpose = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    email = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: true),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_links", x => x.token_hash);
                    table.ForeignKey(
                        name: "fk_links_accounts_account_id",
                        column: x => x.account_id,
                        principalSchema: "accounts",
                        principalTable: "accounts",
                        principalColumn: "account_id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "sign_ins",
                schema: "accounts",
                columns: table => new
                {
                    sign_in_id = table.Column<Guid>(type: "uuid", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    device = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false),
                    is_remembered = table.Column<bool>(type: "boolean", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    last_seen_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_sign_ins", x => x.sign_in_id);
                    table.ForeignKey(
                        name: "fk_sign_ins_accounts_account_id",
                        column: x => x.account_id,
                        principalSchema: "accounts",
                        principalTable: "accounts",
                        principalColumn: "account_id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "travellers",
                schema: "b2c",
                columns: table => new
                {
                    traveller_id = table.Column<Guid>(type: "uuid", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: true),
                    nickname = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    nickname_key = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: true),
                    guest_token_hash = table.Column<byte[]>(type: "bytea", nullable: true),
                    language = table.Column<string>(type: "character varying(2)", maxLength: 2, nullable: true),
                    show_adult = table.Column<bool>(type: "boolean", nullable: false),
                    onboarded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    last_seen_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_travellers", x => x.traveller_id);
                    table.ForeignKey(
                        name: "fk_travellers_accounts_account_id",
                        column: x => x.account_id,
                        principalSchema: "accounts",
                        principalTable: "accounts",
                        principalColumn: "account_id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "refresh_tokens",
                schema: "accounts",
                columns: table => new
                {
                    token_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    sign_in_id = table.Column<Guid>(type: "uuid", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    used_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    successor_salt = table.Column<byte[]>(type: "bytea", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_refresh_tokens", x => x.token_hash);
                    table.ForeignKey(
                        name: "fk_refresh_tokens_sign_ins_sign_in_id",
                        column: x => x.sign_in_id,
                        principalSchema: "accounts",
                        principalTable: "sign_ins",
                        principalColumn: "sign_in_id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "group_members",
                schema: "b2c",
                columns: table => new
                {
                    group_id = table.Column<string>(type: "character varying(32)", nullable: false),
                    place = table.Column<short>(type: "smallint", nullable: false),
                    traveller_id = table.Column<Guid>(type: "uuid", nullable: false),
                    movie_ids = table.Column<int[]>(type: "integer[]", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_group_members", x => new { x.group_id, x.place });
                    table.ForeignKey(
                        name: "fk_group_members_groups_group_id",
                        column: x => x.group_id,
                        principalSchema: "b2c",
                        principalTable: "groups",
                        principalColumn: "group_id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_group_members_travellers_traveller_id",
                        column: x => x.traveller_id,
                        principalSchema: "b2c",
                        principalTable: "travellers",
                        principalColumn: "traveller_id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "recommendation_sessions",
                schema: "b2c",
                columns: table => new
                {
                    session_id = table.Column<Guid>(type: "uuid", nullable: false),
                    traveller_id = table.Column<Guid>(type: "uuid", nullable: false),
                    wish = table.Column<string>(type: "jsonb", nullable: false),
                    answer = table.Column<string>(type: "jsonb", nullable: false),
                    shown_movie_ids = table.Column<int[]>(type: "integer[]", nullable: false),
                    plan_track = table.Column<string>(type: "character varying(1)", maxLength: 1, nullable: true),
                    plan_movie_ids = table.Column<int[]>(type: "integer[]", nullable: true),
                    starts_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ends_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    dismissed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    share_id = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_recommendation_sessions", x => x.session_id);
                    table.ForeignKey(
                        name: "fk_recommendation_sessions_travellers_traveller_id",
                        column: x => x.traveller_id,
                        principalSchema: "b2c",
                        principalTable: "travellers",
                        principalColumn: "traveller_id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "rejected_movies",
                schema: "b2c",
                columns: table => new
                {
                    traveller_id = table.Column<Guid>(type: "uuid", nullable: false),
                    movie_id = table.Column<int>(type: "integer", nullable: false),
                    rejected_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_rejected_movies", x => new { x.traveller_id, x.movie_id });
                    table.ForeignKey(
                        name: "fk_rejected_movies_travellers_traveller_id",
                        column: x => x.traveller_id,
                        principalSchema: "b2c",
                        principalTable: "travellers",
                        principalColumn: "traveller_id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "survey_answers",
                schema: "b2c",
                columns: table => new
                {
                    traveller_id = table.Column<Guid>(type: "uuid", nullable: false),
                    movie_id = table.Column<int>(type: "integer", nullable: false),
                    answered_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_survey_answers", x => new { x.traveller_id, x.movie_id });
                    table.ForeignKey(
                        name: "fk_survey_answers_travellers_traveller_id",
                        column: x => x.traveller_id,
                        principalSchema: "b2c",
                        principalTable: "travellers",
                        principalColumn: "traveller_id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "traveller_providers",
                schema: "b2c",
                columns: table => new
                {
                    traveller_id = table.Column<Guid>(type: "uuid", nullable: false),
                    provider_id = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_traveller_providers", x => new { x.traveller_id, x.provider_id });
                    table.ForeignKey(
                        name: "fk_traveller_providers_travellers_traveller_id",
                        column: x => x.traveller_id,
                        principalSchema: "b2c",
                        principalTable: "travellers",
                        principalColumn: "traveller_id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "watched_movies",
                schema: "b2c",
                columns: table => new
                {
                    traveller_id = table.Column<Guid>(type: "uuid", nullable: false),
                    movie_id = table.Column<int>(type: "integer", nullable: false),
                    half_stars = table.Column<short>(type: "smallint", nullable: true),
                    watched_on = table.Column<DateOnly>(type: "date", nullable: true),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_watched_movies", x => new { x.traveller_id, x.movie_id });
                    table.ForeignKey(
                        name: "fk_watched_movies_travellers_traveller_id",
                        column: x => x.traveller_id,
                        principalSchema: "b2c",
                        principalTable: "travellers",
                        principalColumn: "traveller_id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "provider_clicks",
                schema: "b2c",
                columns: table => new
                {
                    click_id = table.Column<Guid>(type: "uuid", nullable: false),
                    traveller_id = table.Column<Guid>(type: "uuid", nullable: false),
                    movie_id = table.Column<int>(type: "integer", nullable: false),
                    provider_id = table.Column<int>(type: "integer", nullable: false),
                    session_id = table.Column<Guid>(type: "uuid", nullable: true),
                    clicked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_provider_clicks", x => x.click_id);
                    table.ForeignKey(
                        name: "fk_provider_clicks_recommendation_sessions_session_id",
                        column: x => x.session_id,
                        principalSchema: "b2c",
                        principalTable: "recommendation_sessions",
                        principalColumn: "session_id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_provider_clicks_travellers_traveller_id",
                        column: x => x.traveller_id,
                        principalSchema: "b2c",
                        principalTable: "travellers",
                        principalColumn: "traveller_id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "satisfactions",
                schema: "b2c",
                columns: table => new
                {
                    session_id = table.Column<Guid>(type: "uuid", nullable: false),
                    movie_id = table.Column<int>(type: "integer", nullable: false),
                    is_positive = table.Column<bool>(type: "boolean", nullable: false),
                    judged_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_satisfactions", x => new { x.session_id, x.movie_id });
                    table.ForeignKey(
                        name: "fk_satisfactions_recommendation_sessions_session_id",
                        column: x => x.session_id,
                        principalSchema: "b2c",
                        principalTable: "recommendation_sessions",
                        principalColumn: "session_id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_accounts_deleted_at",
                schema: "accounts",
                table: "accounts",
                column: "deleted_at",
                filter: "deleted_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_accounts_realm_email_key",
                schema: "accounts",
                table: "accounts",
                columns: new[] { "realm", "email_key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_group_members_group_id_traveller_id",
                schema: "b2c",
                table: "group_members",
                columns: new[] { "group_id", "traveller_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_group_members_traveller_id",
                schema: "b2c",
                table: "group_members",
                column: "traveller_id");

            migrationBuilder.CreateIndex(
                name: "ix_groups_expires_at",
                schema: "b2c",
                table: "groups",
                column: "expires_at");

            migrationBuilder.CreateIndex(
                name: "ix_links_account_id",
                schema: "accounts",
                table: "links",
                column: "account_id");

            migrationBuilder.CreateIndex(
                name: "ix_links_expires_at",
                schema: "accounts",
                table: "links",
                column: "expires_at");

            migrationBuilder.CreateIndex(
                name: "ix_outbox_due_at",
                schema: "mail",
                table: "outbox",
                column: "due_at");

            migrationBuilder.CreateIndex(
                name: "ix_provider_clicks_session_id",
                schema: "b2c",
                table: "provider_clicks",
                column: "session_id");

            migrationBuilder.CreateIndex(
                name: "ix_provider_clicks_traveller_id",
                schema: "b2c",
                table: "provider_clicks",
                column: "traveller_id");

            migrationBuilder.CreateIndex(
                name: "ix_recommendation_sessions_share_id",
                schema: "b2c",
                table: "recommendation_sessions",
                column: "share_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_recommendation_sessions_traveller_id_created_at",
                schema: "b2c",
                table: "recommendation_sessions",
                columns: new[] { "traveller_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_refresh_tokens_sign_in_id",
                schema: "accounts",
                table: "refresh_tokens",
                column: "sign_in_id");

            migrationBuilder.CreateIndex(
                name: "ix_sign_ins_account_id",
                schema: "accounts",
                table: "sign_ins",
                column: "account_id");

            migrationBuilder.CreateIndex(
                name: "ix_sign_ins_expires_at",
                schema: "accounts",
                table: "sign_ins",
                column: "expires_at");

            migrationBuilder.CreateIndex(
                name: "ix_sign_ups_binding_hash",
                schema: "accounts",
                table: "sign_ups",
                column: "binding_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_sign_ups_expires_at",
                schema: "accounts",
                table: "sign_ups",
                column: "expires_at");

            migrationBuilder.CreateIndex(
                name: "ix_travellers_account_id",
                schema: "b2c",
                table: "travellers",
                column: "account_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_travellers_guest_token_hash",
                schema: "b2c",
                table: "travellers",
                column: "guest_token_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_travellers_last_seen_at",
                schema: "b2c",
                table: "travellers",
                column: "last_seen_at",
                filter: "account_id IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_travellers_nickname_key",
                schema: "b2c",
                table: "travellers",
                column: "nickname_key",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "data_protection_keys",
                schema: "accounts");

            migrationBuilder.DropTable(
                name: "group_members",
                schema: "b2c");

            migrationBuilder.DropTable(
                name: "links",
                schema: "accounts");

            migrationBuilder.DropTable(
                name: "outbox",
                schema: "mail");

            migrationBuilder.DropTable(
                name: "provider_clicks",
                schema: "b2c");

            migrationBuilder.DropTable(
                name: "refresh_tokens",
                schema: "accounts");

            migrationBuilder.DropTable(
                name: "rejected_movies",
                schema: "b2c");

            migrationBuilder.DropTable(
                name: "satisfactions",
                schema: "b2c");

            migrationBuilder.DropTable(
                name: "sign_ups",
                schema: "accounts");

            migrationBuilder.DropTable(
                name: "survey_answers",
                schema: "b2c");

            migrationBuilder.DropTable(
                name: "traveller_providers",
                schema: "b2c");

            migrationBuilder.DropTable(
                name: "watched_movies",
                schema: "b2c");

            migrationBuilder.DropTable(
                name: "groups",
                schema: "b2c");

            migrationBuilder.DropTable(
                name: "sign_ins",
                schema: "accounts");

            migrationBuilder.DropTable(
                name: "recommendation_sessions",
                schema: "b2c");

            migrationBuilder.DropTable(
                name: "travellers",
                schema: "b2c");

            migrationBuilder.DropTable(
                name: "accounts",
                schema: "accounts");
        }
    }
}
