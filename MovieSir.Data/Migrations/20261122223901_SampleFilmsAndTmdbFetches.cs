using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MovieSir.Data.Migrations
{
    /// <inheritdoc />
    public partial class SampleFilmsAndTmdbFetches : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "is_sample",
                schema: "catalog",
                table: "films",
                type: "boolean",
                nullable: false,
                defaultValue: false);

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
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "tmdb_fetches",
                schema: "catalog");

            migrationBuilder.DropColumn(
                name: "is_sample",
                schema: "catalog",
                table: "films");
        }
    }
}
