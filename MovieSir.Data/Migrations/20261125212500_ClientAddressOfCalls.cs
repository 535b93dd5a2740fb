using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace MovieSir.Data.Migrations;

/// <summary>Where each logged call came from. In SQL, as the partitioned table itself.</summary>
[DbContext(typeof(MovieSirDbContext))]
[Migration("20261125212500_ClientAddressOfCalls")]
public partial class ClientAddressOfCalls : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("ALTER TABLE b2b.request_log ADD COLUMN client_address inet;");

    protected override void Down(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("ALTER TABLE b2b.request_log DROP COLUMN client_address;");
}
