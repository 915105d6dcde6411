using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Veelocity.Web.Data.Migrations
{
    /// <inheritdoc />
    public partial class WaitingChanges : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "waiting_since",
                table: "pull_requests",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "ix_pull_requests_organization_id_waiting_since",
                table: "pull_requests",
                columns: new[] { "organization_id", "waiting_since" },
                filter: "waiting_since IS NOT NULL");

            // What linking writes from now on, for what was linked before.
            migrationBuilder.Sql(
                """
                UPDATE pull_requests p SET waiting_since = p.merged_at
                FROM repositories r
                WHERE r.id = p.repository_id AND r.default_branch = p.base_branch AND p.merged_at IS NOT NULL AND NOT p.is_revert
                  AND NOT EXISTS (SELECT FROM accounts a WHERE a.id = p.author_account_id AND a.kind = 'bot')
                  AND NOT EXISTS (SELECT FROM deployed_changes c WHERE c.pull_request_id = p.id)
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_pull_requests_organization_id_waiting_since",
                table: "pull_requests");

            migrationBuilder.DropColumn(
                name: "waiting_since",
                table: "pull_requests");
        }
    }
}
