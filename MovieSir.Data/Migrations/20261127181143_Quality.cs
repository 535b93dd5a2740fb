using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MovieSir.Data.Migrations
{
    /// <inheritdoc />
    public partial class Quality : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_feedback_recommendation_id",
                schema: "b2b",
                table: "feedback");

            migrationBuilder.AddColumn<string>(
                name: "track",
                schema: "b2b",
                table: "feedback",
                type: "character varying(1)",
                maxLength: 1,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "track_outcomes",
                schema: "b2b",
                columns: table => new
                {
                    company_id = table.Column<Guid>(type: "uuid", nullable: false),
                    day = table.Column<DateOnly>(type: "date", nullable: false),
                    track = table.Column<string>(type: "character varying(1)", maxLength: 1, nullable: false),
                    outcome = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    movies = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_track_outcomes", x => new { x.company_id, x.day, x.track, x.outcome });
                });

            migrationBuilder.Sql(ConsoleSql.QualityUp);

            migrationBuilder.CreateIndex(
                name: "ix_feedback_recommendation_id_movie_id_type",
                schema: "b2b",
                table: "feedback",
                columns: new[] { "recommendation_id", "movie_id", "type" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(ConsoleSql.QualityDown);

            migrationBuilder.DropTable(
                name: "track_outcomes",
                schema: "b2b");

            migrationBuilder.DropIndex(
                name: "ix_feedback_recommendation_id_movie_id_type",
                schema: "b2b",
                table: "feedback");

            migrationBuilder.DropColumn(
                name: "track",
                schema: "b2b",
                table: "feedback");

            migrationBuilder.CreateIndex(
                name: "ix_feedback_recommendation_id",
                schema: "b2b",
                table: "feedback",
                column: "recommendation_id");
        }
    }
}
