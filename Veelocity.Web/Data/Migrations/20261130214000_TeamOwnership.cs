using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Veelocity.Web.Data.Migrations
{
    /// <inheritdoc />
    [DbContext(typeof(VeelocityDb))]
    [Migration("20261130214000_TeamOwnership")]
    public partial class TeamOwnership : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "ownership_decided_at",
                table: "teams",
                type: "timestamp with time zone",
                nullable: true);

            // Data: what teams own so far, someone decided.
            migrationBuilder.Sql(
                """
                UPDATE teams t SET ownership_decided_at = now()
                WHERE EXISTS (SELECT FROM team_repositories r WHERE r.team_id = t.id) OR EXISTS (SELECT FROM team_services s WHERE s.team_id = t.id)
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "ownership_decided_at",
                table: "teams");
        }
    }
}
