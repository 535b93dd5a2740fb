using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MovieSir.Data.Migrations
{
    /// <inheritdoc />
    public partial class Administration : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "suspended_at",
                schema: "accounts",
                table: "accounts",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.Sql(ConsoleSql.AdministrationUp);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(ConsoleSql.AdministrationDown);

            migrationBuilder.DropColumn(
                name: "suspended_at",
                schema: "accounts",
                table: "accounts");
        }
    }
}
