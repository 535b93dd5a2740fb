using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MovieSir.Data.Migrations
{
    /// <inheritdoc />
    public partial class Console : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "burst_limit",
                schema: "b2b",
                table: "companies",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "daily_limit",
                schema: "b2b",
                table: "companies",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "deactivated_at",
                schema: "b2b",
                table: "companies",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "deleted_at",
                schema: "b2b",
                table: "companies",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "plan",
                schema: "b2b",
                table: "companies",
                type: "character varying(20)",
                maxLength: 20,
                nullable: false,
                defaultValue: "Free");

            migrationBuilder.AddColumn<string[]>(
                name: "allowed_addresses",
                schema: "b2b",
                table: "api_keys",
                type: "text[]",
                nullable: false,
                defaultValueSql: "'{}'");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "rerolled_at",
                schema: "b2b",
                table: "api_keys",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string[]>(
                name: "scopes",
                schema: "b2b",
                table: "api_keys",
                type: "text[]",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "audit_log",
                schema: "b2b",
                columns: table => new
                {
                    entry_id = table.Column<Guid>(type: "uuid", nullable: false),
                    occurred_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    company_id = table.Column<Guid>(type: "uuid", nullable: true),
                    by_administrator = table.Column<bool>(type: "boolean", nullable: false),
                    actor = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: true),
                    action = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    subject = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: false),
                    details = table.Column<string>(type: "jsonb", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_audit_log", x => x.entry_id);
                });

            migrationBuilder.CreateTable(
                name: "invitations",
                schema: "b2b",
                columns: table => new
                {
                    invitation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    company_id = table.Column<Guid>(type: "uuid", nullable: false),
                    email = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: false),
                    email_key = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    role = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    token_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_invitations", x => x.invitation_id);
                    table.ForeignKey(
                        name: "fk_invitations_companies_company_id",
                        column: x => x.company_id,
                        principalSchema: "b2b",
                        principalTable: "companies",
                        principalColumn: "company_id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "members",
                schema: "b2b",
                columns: table => new
                {
                    member_id = table.Column<Guid>(type: "uuid", nullable: false),
                    company_id = table.Column<Guid>(type: "uuid", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    role = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    is_administrator = table.Column<bool>(type: "boolean", nullable: false),
                    joined_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    last_seen_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_members", x => x.member_id);
                    table.ForeignKey(
                        name: "fk_members_accounts_account_id",
                        column: x => x.account_id,
                        principalSchema: "accounts",
                        principalTable: "accounts",
                        principalColumn: "account_id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_members_companies_company_id",
                        column: x => x.company_id,
                        principalSchema: "b2b",
                        principalTable: "companies",
                        principalColumn: "company_id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "usage_latency",
                schema: "b2b",
                columns: table => new
                {
                    company_id = table.Column<Guid>(type: "uuid", nullable: false),
                    day = table.Column<DateOnly>(type: "date", nullable: false),
                    bucket = table.Column<short>(type: "smallint", nullable: false),
                    calls = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_usage_latency", x => new { x.company_id, x.day, x.bucket });
                });

            migrationBuilder.CreateIndex(
                name: "ix_audit_log_by_administrator",
                schema: "b2b",
                table: "audit_log",
                column: "entry_id",
                filter: "by_administrator");

            migrationBuilder.CreateIndex(
                name: "ix_audit_log_company_id_entry_id",
                schema: "b2b",
                table: "audit_log",
                columns: new[] { "company_id", "entry_id" });

            migrationBuilder.CreateIndex(
                name: "ix_invitations_company_id_email_key",
                schema: "b2b",
                table: "invitations",
                columns: new[] { "company_id", "email_key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_invitations_expires_at",
                schema: "b2b",
                table: "invitations",
                column: "expires_at");

            migrationBuilder.CreateIndex(
                name: "ix_invitations_token_hash",
                schema: "b2b",
                table: "invitations",
                column: "token_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_members_account_id",
                schema: "b2b",
                table: "members",
                column: "account_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_members_company_id",
                schema: "b2b",
                table: "members",
                column: "company_id");

            migrationBuilder.Sql(ConsoleSql.Up);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(ConsoleSql.Down);

            migrationBuilder.DropTable(
                name: "audit_log",
                schema: "b2b");

            migrationBuilder.DropTable(
                name: "invitations",
                schema: "b2b");

            migrationBuilder.DropTable(
                name: "members",
                schema: "b2b");

            migrationBuilder.DropTable(
                name: "usage_latency",
                schema: "b2b");

            migrationBuilder.DropColumn(
                name: "burst_limit",
                schema: "b2b",
                table: "companies");

            migrationBuilder.DropColumn(
                name: "daily_limit",
                schema: "b2b",
                table: "companies");

            migrationBuilder.DropColumn(
                name: "deactivated_at",
                schema: "b2b",
                table: "companies");

            migrationBuilder.DropColumn(
                name: "deleted_at",
                schema: "b2b",
                table: "companies");

            migrationBuilder.DropColumn(
                name: "plan",
                schema: "b2b",
                table: "companies");

            migrationBuilder.DropColumn(
                name: "allowed_addresses",
                schema: "b2b",
                table: "api_keys");

            migrationBuilder.DropColumn(
                name: "rerolled_at",
                schema: "b2b",
                table: "api_keys");

            migrationBuilder.DropColumn(
                name: "scopes",
                schema: "b2b",
                table: "api_keys");
        }
    }
}
