using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MovieSir.Data.Migrations
{
    /// <inheritdoc />
    public partial class ModelRanking : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "model_publications",
                schema: "catalog",
                table: "state",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<string>(
                name: "ranking",
                schema: "catalog",
                table: "model_versions",
                type: "json",
                nullable: true);

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
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "item_successors",
                schema: "catalog");

            migrationBuilder.DropColumn(
                name: "model_publications",
                schema: "catalog",
                table: "state");

            migrationBuilder.DropColumn(
                name: "ranking",
                schema: "catalog",
                table: "model_versions");
        }
    }
}
