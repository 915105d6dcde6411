using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Veelocity.Web.Data.Migrations
{
    /// <inheritdoc />
    public partial class Reasons : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "left_out",
                table: "incidents",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "left_out",
                table: "deployments",
                type: "text",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "metrics_versions",
                columns: table => new
                {
                    scope_id = table.Column<Guid>(type: "uuid", nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_metrics_versions", x => x.scope_id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_metrics_versions_organization_id",
                table: "metrics_versions",
                column: "organization_id");

            foreach (var statement in MetricsVersionTriggers.Create()) migrationBuilder.Sql(statement);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            foreach (var statement in MetricsVersionTriggers.Drop()) migrationBuilder.Sql(statement);

            migrationBuilder.DropTable(
                name: "metrics_versions");

            migrationBuilder.DropColumn(
                name: "left_out",
                table: "incidents");

            migrationBuilder.DropColumn(
                name: "left_out",
                table: "deployments");
        }
    }
}
