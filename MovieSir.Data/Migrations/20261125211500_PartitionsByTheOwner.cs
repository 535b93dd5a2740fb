using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace MovieSir.Data.Migrations;

/// <summary>The API's role adds to the request log but owns nothing: a month's partition is made with the rights of the log's owner.</summary>
[DbContext(typeof(MovieSirDbContext))]
[Migration("20261125211500_PartitionsByTheOwner")]
public partial class PartitionsByTheOwner : Migration
{
    // Such a function must not look for names where its caller can put some.
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
        ALTER FUNCTION b2b.ensure_request_log_partition(timestamptz) SECURITY DEFINER SET search_path = pg_catalog, pg_temp;
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
        ALTER FUNCTION b2b.ensure_request_log_partition(timestamptz) SECURITY INVOKER RESET search_path;
        """);
}
